"""What holds for every format alike."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.utils import timezone, translation
from hypothesis import given, settings
from lxml import etree

from wagtail_diaspora.syndication.formats import FORMATS

from . import making
from .checking import problems_of_atom, problems_of_rss
from .making import make_entry, make_feed, make_full_entry, make_withdrawn
from .nasty import nasty
from .reading import parsed, schema_problems

RULES = {
    "rss": problems_of_rss,
    "atom": problems_of_atom,
    "feed": lambda document: schema_problems(document, "json_feed_1_1.json"),
    "ninjs1": lambda document: schema_problems(document, "ninjs_1_6.json"),
    "ninjs3": lambda document: schema_problems(document, "ninjs_3_1.json"),
    "newsml": lambda document: [] if etree.fromstring(document) is not None else ["empty"],
}
every_format = pytest.mark.parametrize("known", FORMATS.values(), ids=FORMATS)


def full_feed(**facts):
    corrected = make_full_entry(
        1, corrected=True, note="Most je širok 9, a ne 8 metara.", embargoed_until=making.UPDATED
    )
    return make_feed(corrected, make_entry(2, language="sr", body=""), make_withdrawn(3), **facts)


def test_every_format_is_found_by_its_own_name():
    assert set(FORMATS) == {"rss", "atom", "feed", "ninjs1", "ninjs3", "newsml"} == set(RULES)
    assert all(name == known.name for name, known in FORMATS.items())
    assert {known.suffix for known in FORMATS.values()} == {"xml", "json"}


@every_format
@pytest.mark.parametrize(
    "feed",
    [
        make_feed(),
        make_feed(make_entry(summary="", body="", topics=(), rights="", rights_url="")),
        full_feed(),
        full_feed(current_url=f"{making.SITE}/feed", previous_archive_url=f"{making.SITE}/archive/1"),
        full_feed(language="sr-latn", subtitle="", rights="", rights_url="", logo_url="", hub_urls=()),
    ],
    ids=["empty", "bare", "full", "archive", "plain"],
)
def test_a_strict_reader_has_nothing_to_say(known, feed):
    assert RULES[known.name](known.write(feed)) == []


@every_format
def test_the_same_feed_gives_the_same_bytes_whatever_is_active(known):
    feed = full_feed()
    with translation.override("de"), timezone.override("America/New_York"):
        elsewhere = known.write(feed)
    with translation.override("bs"):
        assert known.write(feed) == elsewhere


@every_format
@settings(deadline=None)
@given(title=nasty, words=nasty)
def test_nothing_that_is_written_breaks_a_format(known, title, words):
    entry = make_full_entry(
        title=f"Most {title}", summary=words, note=words, body=words, corrected=True, radio_script=words
    )
    document = known.write(make_feed(entry, title=f"Vijesti {title}"))
    assert [problem for problem in RULES[known.name](document) if not problem.startswith("relative")] == []


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_feedparser_reads_every_item_without_complaint(name):
    feed = full_feed()
    read = parsed(FORMATS[name].write(feed))
    assert not read.bozo
    assert read.version == {"rss": "rss20", "atom": "atom10"}[name]
    assert read.feed.title == feed.title
    told = [entry for entry in feed.entries if name != "atom" or not entry.withdrawn]
    assert [entry.id for entry in read.entries] == [entry.urn for entry in told]
    assert [entry.title for entry in read.entries] == [entry.title for entry in told]


@every_format
def test_a_relative_address_is_refused(known):
    with pytest.raises(ValueError, match="Not an absolute address: /vijesti/1/"):
        known.write(make_feed(make_entry(url="/vijesti/1/")))


@every_format
def test_a_time_without_its_zone_is_refused(known):
    with pytest.raises(ValueError, match="A time without its zone"):
        known.write(make_feed(make_entry(updated_at=datetime(2026, 3, 2))))


@every_format
def test_an_address_with_our_letters_is_written_in_ascii(known):
    document = known.write(make_feed(make_entry(url="https://opcina.example.org/чврсница/š ć/")))
    assert b"https://opcina.example.org/%D1%87" in document
    assert b"/%C5%A1%20%C4%87/" in document


@every_format
def test_both_scripts_and_emoji_stay_as_they_are(known):
    title = "Ђурђевак и đurđevak 🌉"
    assert title.encode() in known.write(make_feed(make_entry(title=title, language="sr")))


@every_format
def test_a_withdrawn_entry_keeps_its_id_and_says_why_and_gives_nothing_more(known):
    entry = make_withdrawn(7, body="<p>Most je <b>otvoren</b></p>", radio_script="Radio")
    document = known.write(make_feed(entry)).decode()
    assert entry.urn in document
    assert "Most još nije otvoren." in document
    assert not [
        secret for secret in ("<b>otvoren", "&lt;b&gt;otvoren", "h:b>", "Radio") if secret in document
    ]
    assert not [
        word for word in ("enclosure", "attachments", "renditions", "remoteContent") if word in document
    ]


@every_format
def test_a_correction_is_told_in_the_language_of_the_entry(known):
    entry = make_entry(corrected=True, note="Most je širok 9 metara.")
    words = {
        language: known.write(make_feed(replace(entry, language=language))) for language in ("en", "de", "bs")
    }
    assert all("Most je širok 9 metara.".encode() in document for document in words.values())
    assert b"Correction: Most" in words["en"]


@every_format
def test_a_note_of_an_entry_that_is_neither_corrected_nor_withdrawn_is_not_for_readers(known):
    assert b"Interno" not in known.write(make_feed(make_entry(note="Interno")))
