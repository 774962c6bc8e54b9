import json
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from tests.syndication.feeds import HOME, NINJS_1, NINJS_3, atom, entry, item, json_feed, json_item, rss
from wagtail_diaspora.syndication.entries import Origin
from wagtail_diaspora.syndication.reading import (
    read,
)

URL = f"{HOME}feed"


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


def test_the_header_names_a_hub_too():
    link = f'<{HOME}hub>; rel="hub", <{HOME}self.xml>; rel="self"'
    feed = read(rss(item()), url=URL, headers={"Link": link})
    assert (feed.hub_urls, feed.self_url) == ((f"{HOME}hub",), f"{HOME}self.xml")


def test_what_is_over_by_a_clock_that_is_ahead_is_over():
    soon = (timezone.now() + timezone.timedelta(minutes=1)).isoformat()
    assert one(rss(item(more=OVER.replace(YESTERDAY, soon)))).withdrawn
