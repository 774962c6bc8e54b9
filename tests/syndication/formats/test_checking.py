"""The strict reader of these tests finds what it is meant to find."""

import pytest

from wagtail_diaspora.syndication.formats import FORMATS
from wagtail_diaspora.syndication.formats.atom import write_atom
from wagtail_diaspora.syndication.formats.rss import write_rss

from .checking import problems_of_atom, problems_of_rss
from .making import make_entry, make_feed, make_full_entry, make_withdrawn
from .reading import schema_problems

FEED = make_feed(make_full_entry(1), make_entry(2), make_withdrawn(3))


@pytest.mark.parametrize(
    ("sound", "broken", "problem"),
    [
        (b"Mon, 02 Mar 2026", b"pon, 02 Mar 2026", "pubDate: pon"),
        (b'isPermaLink="false"', b'isPermaLink="true"', "a reader takes the guid for an address"),
        (b"press@opcina.example.org (", b"(", "managingEditor"),
        (b"<language>bs", b"<language>bosanski jezik", "no language: bosanski"),
        (b'length="183402"', b'length="0"', "no length of"),
        (b"image/jpeg", b"image/webp", "a newsroom cannot use"),
        (b"<ttl>30</ttl>", b"<ttl>30</ttl><ttl>30</ttl>", "ttl more than once"),
        (b"<docs>https://", b"<docs>//", "relative //"),
        (b'&lt;a href="https:', b'&lt;a href="', "relative //opcina"),
        (b"000000000002</guid>", b"000000000001</guid>", "twice"),
        (b"<ttl>30</ttl>", b"<ttl>30</ttl><dunno>x</dunno>", "unknown dunno"),
        (b'rel="self"', b'rel="me"', "no address of its own"),
        (b"<image><url>", b"<image><title>x</title><url>", "the logo's title"),
    ],
)
def test_a_problem_of_rss_is_found(sound, broken, problem):
    document = write_rss(FEED)
    assert sound in document
    assert [found for found in problems_of_rss(document.replace(sound, broken)) if problem in found]


@pytest.mark.parametrize(
    ("sound", "broken", "problem"),
    [
        (b"<updated>2026-03-05T14:00:05Z", b"<updated>2026-03-05 14:00", "updated: 2026-03-05 14:00"),
        (b"</uri><email>", b"</uri></author><author><name>x</name><email>", "author more than once"),
        (b'rel="self"', b'rel="selfie"', "unknown relation selfie"),
        (b'when="2026-03-05T14:00:05Z"', b"", "a tombstone without a time"),
        (b"000000000003", b"000000000002", "twice"),
        (b"<fh:archive/>", b"", "an archive does not lead to the feed"),
        (b"</entry></feed>", b"</entry><id>x</id></feed>", "metadata stands after an entry"),
        (b'href="https://opcina.example.org/hub/"', b'href="/hub/"', "relative /hub/"),
    ],
)
def test_a_problem_of_atom_is_found(sound, broken, problem):
    feed = make_feed(
        make_withdrawn(3), make_full_entry(1), make_entry(2), current_url="https://example.org/feed"
    )
    document = write_atom(feed)
    assert sound in document
    assert [found for found in problems_of_atom(document.replace(sound, broken)) if problem in found]


@pytest.mark.parametrize(
    ("name", "schema", "sound", "broken"),
    [
        ("feed", "json_feed_1_1.json", b'"date_modified":"2026-03-05T14', b'"date_modified":"2026-03-05 14h'),
        ("feed", "json_feed_1_1.json", b'"feed_url":"https://', b'"feed_url":"a b'),
        ("feed", "json_feed_1_1.json", b'"tags":[', b'"labels":['),
        ("ninjs1", "ninjs_1_6.json", b'"versioncreated":"2026-', b'"versioncreated":"26-'),
        ("ninjs1", "ninjs_1_6.json", b'"pubstatus":"usable"', b'"pubstatus":"sound"'),
        ("ninjs1", "ninjs_1_6.json", b'"href":"https://', b'"href":"a b'),
        ("ninjs1", "ninjs_1_6.json", b'"headline":', b'"headlines":'),
        ("ninjs3", "ninjs_3_1.json", b'"versionCreated":"2026-', b'"versionCreated":"26-'),
        ("ninjs3", "ninjs_3_1.json", b'"pubStatus":"canceled"', b'"pubStatus":"cancelled"'),
        ("ninjs3", "ninjs_3_1.json", b'"uri":"urn:uuid', b'"id":"urn:uuid'),
        ("ninjs3", "ninjs_3_1.json", b'"headlines":', b'"headline":'),
    ],
)
def test_a_problem_of_json_is_found(name, schema, sound, broken):
    document = FORMATS[name].write(FEED)
    assert sound in document
    assert schema_problems(document, schema) == []
    assert schema_problems(document.replace(sound, broken), schema)
