"""Pages that name feeds, and lists of feeds."""

import pytest

from tests.syndication.feeds import HOME, LIST, atom, entry, item, json_feed, json_item, rss
from wagtail_diaspora.syndication.reading import (
    FeedUnreadable,
    NoFeedNamed,
    find_feeds,
    is_page,
    read_list,
)

URL = f"{HOME}feed"


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
