"""Entries that stood in a feed before are not parsed again, unless it is not sure what is one."""

import pytest

from tests.syndication.feeds import atom, entry, item, json_feed, json_item, rss
from wagtail_diaspora.syndication.reading import read, without_known

URL = "https://primjer.example.org/feed"


def guids(body):
    return [found.guid for found in read(body, url=URL).entries]


@pytest.mark.parametrize(("write", "one"), [(rss, item), (atom, entry)])
def test_only_what_is_new_or_changed_is_left(write, one):
    _body, known = without_known(write(one(1), one(2), one(3)), "")
    body, after = without_known(write(one(4), one(1), one(2, title="Zatvoren most"), one(3)), known)
    assert guids(body) == ["urn:primjer:4", "urn:primjer:2"]
    assert (len(known.split()), len(after.split())) == (3, 4)
    assert (read(body, url=URL).title, read(body, url=URL).language) == ("Općina Primjer", "bs")
    body, _same = without_known(write(one(4), one(1)), after)
    assert guids(body) == [] and read(body, url=URL).title == "Općina Primjer"


def test_what_time_changes_is_always_parsed():
    ends = item(more="<dcterms:valid>end=2999-01-01</dcterms:valid>")
    waits = item(2, more="<dcterms:available>2999-01-01</dcterms:available>")
    feed = rss(ends, waits, item(3))
    _body, known = without_known(feed, "")
    assert guids(without_known(feed, known)[0]) == ["urn:primjer:1", "urn:primjer:2"]


@pytest.mark.parametrize(
    "feed",
    [
        rss(item(more="<description><![CDATA[Kraj je </item> ovdje]]></description>"), item(2)),
        rss(item(more="<!-- </item> -->"), item(2)),
        rss(item().replace("</item>", "</item >"), item(2)),
        json_feed(json_item()),
        rss(item(), item(2)).decode().encode("utf-16"),
        b"",
    ],
    ids=["cdata", "comment", "space in the end", "json", "utf-16", "nothing"],
)
def test_where_it_is_not_sure_the_whole_is_parsed(feed):
    body, known = without_known(feed, "")
    assert (body, known) == (feed, "")


@pytest.mark.parametrize("piece", [b"<item>", b"<item></item>", b"</item>", b"<entry ", b"<item><![CDATA["])
def test_hostile_feeds_are_left_as_they_are(piece):
    feed = piece * 300_000
    assert without_known(feed, "") == (feed, "")
