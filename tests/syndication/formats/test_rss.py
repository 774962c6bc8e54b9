from datetime import timedelta
from html import unescape

import pytest
from django.utils import translation
from hypothesis import given, settings

from wagtail_diaspora.syndication.formats.rss import write_rss

from . import making
from .checking import ENCODED
from .making import CC_BY, SITE, make_entry, make_feed, make_full_entry, make_withdrawn
from .nasty import nasty, without_controls
from .reading import elements, parsed, texts

ITEM = "rss/channel/item"


def item_of(entry, name, **facts):
    return texts(write_rss(make_feed(entry, **facts)), f"{ITEM}/{name}")


def test_a_guid_is_the_urn_of_the_entry_and_no_address():
    (guid,) = elements(write_rss(make_feed(make_entry(7))), f"{ITEM}/guid")
    assert (guid.text, guid.get("isPermaLink")) == ("urn:uuid:00000000-0000-0000-0000-000000000007", "false")


def test_the_day_of_publishing_stays_when_an_entry_changes():
    entry = make_entry(updated_at=making.PUBLISHED + timedelta(days=40))
    assert item_of(entry, "pubDate") == ["Mon, 02 Mar 2026 09:30:00 GMT"]
    assert item_of(entry, "updated") == ["2026-04-11T09:30:00Z"]


def test_days_are_english_in_every_language():
    with translation.override("bs"):
        assert item_of(make_entry(), "pubDate") == ["Mon, 02 Mar 2026 09:30:00 GMT"]


def test_the_description_stands_before_the_content():
    (item,) = elements(write_rss(make_feed(make_entry())), ITEM)
    names = [child.tag for child in item]
    assert names.index("description") < names.index("{http://purl.org/rss/1.0/modules/content/}encoded")


def test_a_description_is_text_that_a_reader_of_html_shows_as_it_was():
    assert item_of(make_entry(summary="R & D: 3 < 5, \"most\" i 'put'"), "description") == [
        "R &amp; D: 3 &lt; 5, \"most\" i 'put'"
    ]


def test_the_content_is_the_body():
    entry = make_entry(body="<p>A &amp; B ]]> <em>c</em></p>")
    assert item_of(entry, "encoded") == ["<p>A &amp; B ]]> <em>c</em></p>"]


@settings(deadline=None)
@given(title=nasty, summary=nasty, body=nasty)
def test_words_come_back_as_they_were(title, summary, body):
    entry = make_entry(title=f"Most {title}", summary=f"Most {summary}.", body=f"<p>{body}</p>")
    document = write_rss(make_feed(entry))
    (item,) = elements(document, ITEM)
    assert item.findtext("title").split() == f"Most {without_controls(title)}".split()
    assert unescape(item.findtext("description")) == f"Most {without_controls(summary)}."
    assert item.findtext(ENCODED) == f"<p>{without_controls(body)}</p>"
    assert not parsed(document).bozo


def test_the_picture_is_the_one_enclosure_with_its_true_length():
    (enclosure,) = elements(write_rss(make_feed(make_full_entry())), f"{ITEM}/enclosure")
    assert dict(enclosure.attrib) == {
        "url": f"{SITE}/media/most.jpg",
        "length": "183402",
        "type": "image/jpeg",
    }


def test_without_a_picture_the_recording_is_enclosed():
    (enclosure,) = elements(write_rss(make_feed(make_full_entry(picture=None))), f"{ITEM}/enclosure")
    assert dict(enclosure.attrib) == {
        "url": f"{SITE}/media/most.mp3",
        "length": "812000",
        "type": "audio/mpeg",
    }


def test_media_rss_has_credit_words_for_the_blind_and_no_thumbnail():
    read = parsed(write_rss(make_feed(make_full_entry()))).entries[0]
    picture, sound = read.media_content
    assert (picture["medium"], picture["width"], picture["height"]) == ("image", "1600", "900")
    assert (sound["medium"], sound["duration"]) == ("audio", "51")
    assert read.media_credit[0]["content"] == "Foto: Općina Primjer"
    assert item_of(make_full_entry(), "content/description") == ["Novi most preko rijeke"]
    assert "media_thumbnail" not in read


def test_topics_are_categories_of_the_list_on_the_page_for_people():
    categories = elements(write_rss(make_feed(make_entry())), f"{ITEM}/category")
    assert [category.text for category in categories] == ["Putevi", "Dijaspora"]
    assert {category.get("domain") for category in categories} == {f"{SITE}/diaspora/#topics"}


def test_the_author_is_the_office_where_nobody_signed():
    assert item_of(make_entry(), "creator") == ["Općina Primjer"]
    assert item_of(make_entry(author="A. Primjer"), "creator") == ["A. Primjer"]


def test_licence_rights_and_contact_are_in_the_channel_and_the_item():
    document = write_rss(make_feed(make_entry()))
    assert texts(document, "rss/channel/license") == texts(document, f"{ITEM}/license") == [CC_BY]
    assert texts(document, "rss/channel/copyright") == texts(document, f"{ITEM}/rights")
    assert texts(document, "rss/channel/managingEditor") == ["press@opcina.example.org (Općina Primjer)"]


def test_a_publisher_without_a_mailbox_is_no_contact():
    publisher = making.Publisher(name="Općina Primjer", url=SITE)
    assert texts(write_rss(make_feed(publisher=publisher)), "rss/channel/managingEditor") == []


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("bs", "bs"),
        ("hr", "hr"),
        ("sr-latn", "sr-Latn"),
        ("sr", "sr-Cyrl"),
        ("sr-Latn", "sr-Latn"),
        ("de", "de"),
    ],
)
def test_the_language_says_its_script(language, written):
    document = write_rss(make_feed(make_entry(language=language), language=language))
    assert texts(document, "rss/channel/language") == texts(document, f"{ITEM}/language") == [written]


def test_the_channel_links_to_itself_and_its_hubs():
    links = parsed(write_rss(make_feed())).feed.links
    assert ("self", f"{SITE}/diaspora/bs/feed") in [(link.rel, link.href) for link in links]
    assert ("hub", f"{SITE}/hub/") in [(link.rel, link.href) for link in links]


def test_news_of_others_names_its_source():
    (source,) = elements(write_rss(make_feed(make_full_entry())), f"{ITEM}/source")
    assert (source.text, source.get("url")) == ("Grad Uzor", "https://uzor.example.com/rss.xml")


def test_an_expiry_is_the_end_of_a_period():
    assert item_of(make_full_entry(), "valid") == [
        "start=2026-03-02T09:30:00Z; end=2026-09-01T00:00:00Z; scheme=W3C-DTF"
    ]
    assert item_of(make_entry(), "valid") == []


def test_an_embargo_is_told_in_words_and_as_a_period():
    entry = make_entry(embargoed_until=making.UPDATED, language="en")
    assert item_of(entry, "available") == ["start=2026-03-05T14:00:05Z; scheme=W3C-DTF"]
    assert item_of(entry, "description")[0].startswith("Embargo until 5 March 2026, ")


def test_a_correction_stands_first_in_description_and_content():
    entry = make_entry(corrected=True, note="Most je širok <9> metara.", language="en")
    (description,), (content,) = item_of(entry, "description"), item_of(entry, "encoded")
    assert description.startswith("Correction: Most je širok &lt;9&gt; metara.\nMost je otvoren")
    assert content.startswith("<p><strong>Correction: Most je širok &lt;9&gt; metara.</strong></p>\n<p>Most")


def test_a_withdrawn_item_is_a_stub_whose_time_is_over():
    document = write_rss(make_feed(make_withdrawn()))
    assert texts(document, f"{ITEM}/title") == ["Povučeno: Otvoren novi most"]
    assert texts(document, f"{ITEM}/description") == [
        "Ova vijest je povučena 5. marta 2026.\nMost još nije otvoren."
    ]
    assert texts(document, f"{ITEM}/valid") == [
        "start=2026-03-02T09:30:00Z; end=2026-03-05T14:00:05Z; scheme=W3C-DTF"
    ]
    assert not [
        child for name in ("encoded", "enclosure", "content") for child in texts(document, f"{ITEM}/{name}")
    ]


def test_a_stub_that_is_the_reason_is_said_once():
    entry = make_withdrawn(summary="Most još nije otvoren.")
    assert item_of(entry, "description") == ["Most još nije otvoren."]


def test_an_archive_is_chained():
    feed = make_feed(
        current_url=f"{SITE}/feed", previous_archive_url=f"{SITE}/1", next_archive_url=f"{SITE}/3"
    )
    document = write_rss(feed)
    links = {
        link.get("rel"): link.get("href")
        for link in elements(document, "rss/channel/link")
        if link.get("rel")
    }
    assert (links["current"], links["prev-archive"]) == (f"{SITE}/feed", f"{SITE}/1")
    assert links["next-archive"] == f"{SITE}/3"
    assert len(elements(document, "rss/channel/archive")) == 1
    assert elements(write_rss(make_feed()), "rss/channel/archive") == []
