"""Whatever stands in a feed, what comes out is harmless and bounded."""

import json

import pytest
from django.utils import timezone

from tests.syndication.feeds import HOME, NINJS_1, NINJS_3, atom, entry, item, json_feed, json_item, rss
from wagtail_diaspora.syndication.reading import (
    FeedUnreadable,
    read,
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


def test_dates_that_cannot_be_are_no_dates():
    for value in ("0000-00-00", "9999999999999999", "1800-01-01", "x", 5, None):
        assert one(json_feed(json_item(date_published=value))).published_at is None
    later = one(json_feed(json_item(date_published="2999-01-01T00:00:00Z"))).published_at
    assert later <= timezone.now()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1250", "iso-8859-2"])
def test_encodings_are_understood(encoding):
    text = rss(item(title="Šćepan čuva žđrijebe")).decode().replace("utf-8", encoding.removesuffix("-sig"))
    assert one(text.encode(encoding)).title == "Šćepan čuva žđrijebe"


def test_what_has_no_space_is_cut_and_not_emptied():
    assert one(rss(item(title="a" * 400))).title == "a" * 299 + "…"


def test_a_width_that_is_text_costs_no_entry():
    sizes = {
        "small": {"href": f"{HOME}s.jpg", "width": 100},
        "large": {"href": f"{HOME}l.jpg", "width": "800"},
    }
    pictures = {"main": {"type": "picture", "renditions": sizes}}
    assert one(json.dumps(NINJS_1 | {"associations": pictures}).encode()).picture_url == f"{HOME}l.jpg"
