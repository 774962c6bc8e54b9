import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.syndication.feeds import HOME, NINJS_1, NINJS_3, atom, entry, item, json_feed, json_item, rss
from wagtail_diaspora.syndication.entries import Origin
from wagtail_diaspora.syndication.reading import (
    FeedUnreadable,
    NoFeedNamed,
    find_feeds,
    is_page,
    read,
    read_list,
)

URL = f"{HOME}feed"
BODY = (
    '<p onclick="x()">Most <a href="/karta" target="_blank">karta</a> <a href="//zlo.example.com/x">x</a>'
    '<a href="javascript:alert(1)">y</a><img src="//zlo.example.com/1.png"><img src="http://zlo.example.com/2.png">'
    '<script>alert(1)</script><style>p{}</style><iframe src="https://zlo.example.com"></iframe>'
    '<svg><a xlink:href="javascript:alert(1)">z</a></svg><form action="/x"><input name="a"></form></p>'
)


def one(body, **options):
    feed = read(body, url=URL, **options)
    assert len(feed.entries) == 1 and not feed.unusable
    return feed.entries[0]


def test_rss_is_read():
    more = (
        "<description>Most preko rijeke.</description>"
        "<content:encoded><![CDATA[<p>Most <b>je</b> otvoren.</p>]]></content:encoded>"
        "<pubDate>Sun, 01 Mar 2026 10:00:00 +0100</pubDate><category>Ceste</category>"
        '<author>ured@example.org (Ured)</author><enclosure url="/most.jpg" type="image/jpeg" length="9"/>'
        f'<source url="{HOME}izvor.xml">Grad Primjer</source>'
    )
    links = f'<atom:link rel="hub" href="{HOME}hub"/><atom:link rel="self" href="{HOME}rss.xml"/>'
    feed = read(rss(item(more=more), more=links), url=URL)
    assert (feed.title, feed.home_url, feed.language) == ("Općina Primjer", HOME, "bs")
    assert (feed.hub_urls, feed.self_url) == ((f"{HOME}hub",), f"{HOME}rss.xml")
    found = feed.entries[0]
    assert (found.guid, found.url, found.title) == ("urn:primjer:1", f"{HOME}vijesti/1", "Otvoren most")
    assert (found.summary, found.html) == ("Most preko rijeke.", "<p>Most <b>je</b> otvoren.</p>")
    assert found.published_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert (found.topics, found.picture_url, found.language) == (("Ceste",), f"{HOME}most.jpg", "bs")
    assert found.source == Origin(name="Grad Primjer", url="", feed_url=f"{HOME}izvor.xml")
    assert "Ured" in found.author and not found.withdrawn


def test_atom_is_read():
    more = (
        '<author><name>Ured</name></author><category term="ceste" label="Ceste"/>'
        '<content type="html">&lt;p&gt;Most &lt;img src="/a.jpg"&gt; je otvoren.&lt;/p&gt;</content>'
        f'<source><title>Grad</title><link rel="self" href="{HOME}s.xml"/><link href="{HOME}grad"/></source>'
    )
    found = one(atom(entry(more=more)))
    assert (found.title, found.author, found.topics) == ("Otvoren most", "Ured", ("Ceste",))
    assert (found.html, found.picture_url) == ("<p>Most  je otvoren.</p>", f"{HOME}a.jpg")
    assert found.summary == "Most je otvoren."
    assert (found.published_at.day, found.updated_at.day) == (1, 2)
    assert found.source == Origin(name="Grad", url=f"{HOME}grad", feed_url=f"{HOME}s.xml")


def test_json_feed_is_read():
    ours = {"corrected": True, "note": "Bio je pogrešan datum.", "origin": {"name": "Grad", "url": HOME}}
    more = {"image": "/a.jpg", "authors": [{"name": "Ured"}], "tags": ["Ceste"], "_diaspora": ours}
    feed = read(json_feed(json_item(**more), hubs=[{"type": "WebSub", "url": f"{HOME}hub"}]), url=URL)
    found = feed.entries[0]
    assert (feed.title, feed.hub_urls) == ("Općina Primjer", (f"{HOME}hub",))
    assert (found.html, found.picture_url) == ("<p>Most je otvoren.</p>", f"{HOME}a.jpg")
    assert (found.author, found.topics, found.corrected, found.note) == (
        "Ured",
        ("Ceste",),
        True,
        "Bio je pogrešan datum.",
    )
    assert found.source == Origin(name="Grad", url=HOME)


@pytest.mark.parametrize(
    "document", [NINJS_1, [NINJS_1], {"items": [NINJS_1]}, NINJS_3, {"products": [NINJS_3]}]
)
def test_ninjs_is_read(document):
    found = one(json.dumps(document).encode())
    assert (found.guid, found.title, found.url) == ("urn:primjer:1", "Otvoren most", f"{HOME}vijesti/1")
    assert (found.summary, found.html) == ("Most & cesta < ulica", "<p>Most je otvoren.</p>")
    assert (found.author, found.topics, found.picture_url) == ("Ured", ("Infrastruktura",), f"{HOME}l.jpg")
    assert (found.published_at.day, found.updated_at.day, found.language) == (1, 2, "bs")
    assert found.source == Origin(name="Općina Primjer", url=HOME)


def test_a_feed_of_ninjs_is_an_item_of_others():
    about = {"uri": "urn:feed", "type": "composite", "title": "Primjer"}
    for names, document in (
        (
            {"web": HOME, "url": URL},
            {"associations": {"item_1": NINJS_1, "item_2": NINJS_1 | {"uri": "urn:2"}}},
        ),
        ([{"role": "web", "value": HOME}], {"associations": [NINJS_3, NINJS_3 | {"uri": "urn:2"}]}),
    ):
        feed = read(json.dumps(about | document | {"altIds": names}).encode(), url=URL)
        assert (feed.title, feed.home_url, len(feed.entries)) == ("Primjer", HOME, 2)
    large = {"versionCreated": "2026-03-04T10:00:00Z", "pubStatus": "canceled", "edNote": "Pogrešno."}
    small = {name: value for name, value in NINJS_3.items() if name not in ("versioncreated", "pubstatus")}
    found = one(json.dumps(small | large).encode())
    assert (found.updated_at.day, found.withdrawn, found.note) == (4, True, "Pogrešno.")


YESTERDAY = (timezone.now() - timezone.timedelta(days=1)).isoformat()
TOMORROW = (timezone.now() + timezone.timedelta(days=1)).isoformat()
OVER = f"<dcterms:valid>start=2026-01-01T00:00:00Z; end={YESTERDAY}; scheme=W3C-DTF</dcterms:valid>"


@pytest.mark.parametrize(
    "body",
    [
        rss(item(more=OVER)),
        rss(item(more=f"<dcterms:valid>{YESTERDAY}</dcterms:valid>")),
        atom(entry(more=OVER)),
        atom(
            f'<at:deleted-entry ref="urn:primjer:1" when="{YESTERDAY}"><at:comment>x</at:comment>'
            "</at:deleted-entry>"
        ),
        json_feed(json_item(_diaspora={"withdrawn": True})),
        json.dumps(NINJS_1 | {"pubstatus": "canceled"}).encode(),
        json.dumps(NINJS_3 | {"pubstatus": "canceled"}).encode(),
    ],
    ids=["rss period", "rss date", "atom period", "tombstone", "json feed", "ninjs 1", "ninjs 3"],
)
def test_withdrawals_are_seen(body):
    found = one(body)
    assert found.withdrawn and found.guid == "urn:primjer:1"


@pytest.mark.parametrize(
    "more",
    [OVER.replace(YESTERDAY, TOMORROW), f"<dcterms:valid>{TOMORROW}</dcterms:valid>", ""],
    ids=["period", "date", "nothing"],
)
def test_what_is_still_valid_is_not_withdrawn(more):
    assert not one(rss(item(more=more))).withdrawn
    assert not one(atom(entry(more=more))).withdrawn


@pytest.mark.parametrize(
    "body",
    [
        rss(item(more=f"<content:encoded><![CDATA[{BODY}]]></content:encoded>")),
        rss(item(more=f"<description><![CDATA[{BODY}]]></description>")),
        atom(entry(more=f'<content type="html"><![CDATA[{BODY}]]></content>')),
        json_feed(json_item(content_html=BODY)),
        json.dumps(NINJS_1 | {"body_xhtml": BODY, "associations": None}).encode(),
    ],
)
def test_html_is_harmless(body):
    found = one(body)
    html = found.html.lower()
    for banned in (
        "<script",
        "<style",
        "onclick",
        "javascript:",
        "<img",
        "<iframe",
        "<svg",
        "<form",
        "<input",
    ):
        assert banned not in html
    assert 'href="https://primjer.example.org/karta" rel="noopener nofollow"' in html
    assert 'href="//' not in html and "target" not in html and "alert" not in html
    assert found.picture_url == "https://zlo.example.com/1.png"


@pytest.mark.parametrize(
    "markup", ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;", "a & b < c"]
)
def test_titles_are_plain_text(markup):
    for body in (rss(item(title=f"<![CDATA[{markup} Most]]>")), json_feed(json_item(title=f"{markup} Most"))):
        assert one(body).title.endswith("Most") and "\n" not in one(body).title


def test_an_entry_that_cannot_be_used_is_counted_and_rejects_none():
    body = json_feed(json_item(), {}, None, 7, ["x"], {"id": "3", "title": "\x00\ud800"}, json_item(2))
    feed = read(body, url=URL)
    assert [found.guid for found in feed.entries] == ["urn:primjer:1", "urn:primjer:2"]
    assert feed.unusable == {"empty": 2, "broken": 3}
    many = read(rss(*(item(number) for number in range(205))), url=URL)
    assert (len(many.entries), many.unusable) == (200, {"too_many": 5})


def test_values_of_any_type_are_taken_for_nothing():
    names = (
        "id",
        "url",
        "title",
        "summary",
        "content_html",
        "image",
        "date_published",
        "tags",
        "authors",
        "language",
    )
    for value in (None, 5, True, [], {}, [{}], {"a": []}, [None], "\x00", 1e999, -1):
        for name in names:
            assert read(json_feed(json_item(**{name: value}, _diaspora=value)), url=URL) is not None
        for name in NINJS_1.keys() | NINJS_3.keys():
            for document in (NINJS_1, NINJS_3):
                try:
                    read(json.dumps(document | {name: value}).encode(), url=URL)
                except FeedUnreadable:
                    assert name == "uri"


def test_everything_is_bounded():
    long = "riječ " * 100_000
    found = one(
        json_feed(
            json_item(
                title=long,
                summary=long,
                content_html=f"<p>{long}",
                tags=[str(number) for number in range(100)],
                url=f"{HOME}{'x' * 5000}",
                id="g" * 5000,
                language="x" * 99,
            )
        )
    )
    assert (len(found.title) <= 300, len(found.summary) <= 600, len(found.topics)) == (True, True, 20)
    assert len(found.html) <= 60_010 and found.url == "" and found.language == "bs"
    assert found.guid.startswith("sha256:") and len(str(found.identity)) == 36


def test_markup_that_swells_is_given_back_as_text():
    found = one(json_feed(json_item(content_html="".join(f"<b lang=x{n}><p>" for n in range(9000)) + "Most")))
    assert len(found.html) <= 120_000


def test_identity_is_guid_then_address_then_words():
    first, second, third = (
        one(json_feed(json_item(**more))).identity for more in ({}, {"id": None}, {"id": None, "url": None})
    )
    assert len({first, second, third}) == 3
    assert one(json_feed(json_item(title="Drugi naslov"))).identity == first
    assert one(json_feed(json_item(id=None, title="Drugi naslov"))).identity == second
    assert one(json_feed(json_item(id=None, url=None, title="Drugi"))).identity != third


def test_a_urn_is_its_own_identity_and_a_mere_number_counts_within_its_website():
    key = uuid4()
    assert one(json_feed(json_item(id=f"urn:uuid:{key}"))).identity == key
    assert one(json_feed(json_item(id=f"URN:UUID:{str(key).upper()}"))).identity == key
    name = one(json_feed(json_item(id="https://primjer.example.org/?p=12"))).identity
    assert one(json_feed(json_item(id=f"urn:uuid:{name}"))).identity == name
    here, there = (
        one(json_feed(json_item(id="12", url=f"https://{host}.example.org/12"))).identity
        for host in ("prvi", "drugi")
    )
    assert here != there


OURS = {
    "kind": "good_practice",
    "version": 7,
    "rights": "CC BY 4.0",
    "rights_url": "https://cc.example.org/by",
    "contact": {"email": "press@primjer.example.org", "phone": "+387 33 1"},
    "topics": [{"code": "roads", "name": "Putevi"}],
}
ABOUT = {"usageterms": "CC BY 4.0", "rightsinfo": {"linkedrights": "https://cc.example.org/by"}}
MEANS = [
    {"type": "email", "value": "press@primjer.example.org"},
    {"type": "phone", "value": "+387 33 1"},
]
NINJS_MORE = {
    "profile": "good_practice",
    "version": "7",
    **ABOUT,
    "subject": [{"name": "Putevi", "code": "roads"}],
    "infosource": [{"name": "Primjer", "rel": "publisher", "contactinfo": MEANS}],
}


@pytest.mark.parametrize(
    "body", [json_feed(json_item(tags=["Putevi"], _diaspora=OURS)), json.dumps(NINJS_1 | NINJS_MORE).encode()]
)
def test_what_a_newsroom_needs_is_read(body):
    found = one(body)
    assert (found.kind, found.version, found.topics) == ("good_practice", 7, ("Putevi", "roads"))
    assert (found.rights, found.rights_url) == ("CC BY 4.0", "https://cc.example.org/by")
    assert (found.email, found.phone) == ("press@primjer.example.org", "+387 33 1")


@pytest.mark.parametrize("kind", ["advert", None, ["news"], {"a": 1}, 5])
@pytest.mark.parametrize("version", ["-1", "1e9", 2**40, True, None, [1], 1.5, "٣"])
def test_strange_kinds_and_counts_are_none(kind, version):
    strange = {"kind": kind, "version": version, "contact": {"email": "x y", "phone": 5}, "rights": [1]}
    for body in (
        json_feed(json_item(_diaspora=strange)),
        json.dumps(
            NINJS_1 | {"profile": kind, "version": version, "rightsinfo": [], "usageterms": {}}
        ).encode(),
    ):
        found = one(body)
        assert (found.kind, found.version, found.email, found.rights) == ("news", None, "", "")


def test_what_a_feed_says_of_its_rights_holds_for_what_it_does_not_pass_on():
    about = {"_diaspora": {"rights": "CC BY 4.0", "rights_url": "https://cc.example.org/by"}}
    origin = {"origin": {"name": "Drugi", "url": "https://drugi.example.org/"}}
    assert one(json_feed(json_item(), **about)).rights == "CC BY 4.0"
    assert one(json_feed(json_item(_diaspora=origin), **about)).rights == ""
    own = rss(item(), more="<copyright>CC BY 4.0</copyright>")
    passed = rss(
        item(more='<source url="https://drugi.example.org/rss">Drugi</source>'),
        more="<copyright>CC BY 4.0</copyright>",
    )
    assert (one(own).rights, one(passed).rights) == ("CC BY 4.0", "")


def test_a_picture_counts_where_all_is_said_of_it():
    media = (
        "<media:content url='https://primjer.example.org/m.jpg' type='image/jpeg' medium='image' "
        "fileSize='5000' width='1600' height='900'><media:credit>Ured</media:credit></media:content>"
    )
    picture = one(rss(item(more=media))).picture
    assert (picture.url, picture.length, picture.height) == ("https://primjer.example.org/m.jpg", 5000, 900)
    assert picture.credit == "Ured"
    for wrong in (media.replace("5000", "-1"), media.replace("image/jpeg", "image/webp")):
        assert one(rss(item(more=wrong))).picture is None


def test_dates_that_cannot_be_are_no_dates():
    for value in ("0000-00-00", "9999999999999999", "1800-01-01", "x", 5, None):
        assert one(json_feed(json_item(date_published=value))).published_at is None
    later = one(json_feed(json_item(date_published="2999-01-01T00:00:00Z"))).published_at
    assert later <= timezone.now()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1250", "iso-8859-2"])
def test_encodings_are_understood(encoding):
    text = rss(item(title="Šćepan čuva žđrijebe")).decode().replace("utf-8", encoding.removesuffix("-sig"))
    assert one(text.encode(encoding)).title == "Šćepan čuva žđrijebe"


def test_the_header_names_a_hub_too():
    link = f'<{HOME}hub>; rel="hub", <{HOME}self.xml>; rel="self"'
    feed = read(rss(item()), url=URL, headers={"Link": link})
    assert (feed.hub_urls, feed.self_url) == ((f"{HOME}hub",), f"{HOME}self.xml")


PAGE = b"""<!DOCTYPE html><html><head><title>Primjer</title>
<link rel="stylesheet" href="/a.css"><link rel="alternate" hreflang="en" href="/en">
<link rel="alternate" type="application/rss+xml" title="Komentari" href="/comments/feed">
<link rel="alternate" type="application/rss+xml" title="Vijesti" href="/feed">
<link rel="Alternate" type="application/atom+xml" href="https://drugi.example.org/atom">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"></head><body></body></html>"""


def test_a_page_names_its_feeds():
    assert (
        is_page(PAGE) and is_page(b"\xef\xbb\xbf\n<!-- x -->" + PAGE) and is_page("<html>".encode("utf-16"))
    )
    assert find_feeds(PAGE, url=HOME) == [
        f"{HOME}feed",
        "https://drugi.example.org/atom",
        f"{HOME}comments/feed",
    ]
    based = b"<html><base href='https://drugi.example.org/x/'>"
    based += b"<link rel=alternate type=application/rss+xml href=f>"
    assert find_feeds(based, url=HOME) == ["https://drugi.example.org/x/f"]
    for body in (rss(item()), atom(entry()), json_feed(json_item()), b"", b"<?xml version='1.0'?><rdf:RDF>"):
        assert not is_page(body)


@pytest.mark.parametrize(
    "body", [b"<html></html>", b"<html><link rel=alternate href=/x>", b"<html><![if x", b"\xff"]
)
def test_a_page_without_a_feed_is_said_so(body):
    with pytest.raises(NoFeedNamed):
        find_feeds(body, url=HOME)


OPML = """<?xml version="1.0"?><opml version="2.0"><head/><body><outline text="Hercegovina">
<outline type="rss" text="Primjer" title="Općina Primjer" xmlUrl="https://primjer.example.org/feed"
 htmlUrl="https://primjer.example.org/"/><outline text="Drugi" xmlurl="https://drugi.example.org/feed"/></outline>
<outline text="Opet" xmlUrl="https://primjer.example.org/feed"/><outline text="x" xmlUrl="file:///etc/passwd"/>
</body></opml>"""
LIST = OPML.encode()


def test_of_one_feed_in_several_formats_json_is_read_as_it_says_most():
    links = (("rss+xml", "/a/rss.xml"), ("atom+xml", "/b/atom.xml"), ("feed+json", "/b/feed.json"))
    links = (*links, ("feed+json", "/a/feed.json"))
    page = "".join(f'<link rel="alternate" type="application/{kind}" href="{at}">' for kind, at in links)
    found = [address.removeprefix(HOME) for address in find_feeds(page.encode(), url=URL)]
    assert found == ["a/feed.json", "a/rss.xml", "b/feed.json", "b/atom.xml"]


def test_a_list_of_feeds_is_read():
    listed = read_list(LIST)
    assert [one.feed_url for one in listed] == [f"{HOME}feed", "https://drugi.example.org/feed"]
    assert (listed[1].name, listed[1].home_url) == ("Drugi", "")
    many = "".join(f'<outline xmlUrl="https://{n}.example.org/"/>' for n in range(600))
    assert len(read_list(f"<opml><body>{many}</body></opml>".encode())) == 500


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


@pytest.mark.parametrize("body", [b"", b"{}", b"<rss/>", b"<opml>", BOMB.encode() + b"<opml>&j;</opml>"])
def test_what_is_no_list_is_said_so(body):
    with pytest.raises(FeedUnreadable):
        read_list(body)
