from hypothesis import given, settings

from wagtail_diaspora.syndication.formats.atom import write_atom

from . import making
from .checking import ATOM, LANG, problems_of_atom
from .making import CC_BY, ORIGIN, SITE, make_entry, make_feed, make_full_entry, make_withdrawn
from .nasty import nasty, without_controls
from .reading import elements, parsed, texts


def links_of(parent, relation):
    return [link for link in parent.findall(ATOM + "link") if link.get("rel") == relation]


def entry_of(entry):
    (element,) = elements(write_atom(make_feed(entry)), "feed/entry")
    return element


def test_the_feed_has_an_author_a_time_and_a_language():
    (feed,) = elements(write_atom(make_feed(language="sr")), "feed")
    assert feed.findtext(ATOM + "updated") == "2026-03-05T14:00:05Z"
    assert feed.findtext(f"{ATOM}author/{ATOM}email") == "press@opcina.example.org"
    assert feed.get(LANG) == "sr-Cyrl"


def test_the_feed_links_to_itself_its_page_its_hubs_and_its_licence():
    feed = parsed(write_atom(make_feed())).feed
    assert [(link.rel, link.href) for link in feed.links] == [
        ("self", f"{SITE}/diaspora/bs/feed"),
        ("hub", f"{SITE}/hub/"),
        ("alternate", f"{SITE}/diaspora/"),
        ("license", CC_BY),
    ]


def test_an_entry_has_its_urn_and_both_times():
    entry = entry_of(make_entry(7))
    assert [entry.findtext(ATOM + name) for name in ("id", "published", "updated")] == [
        "urn:uuid:00000000-0000-0000-0000-000000000007",
        "2026-03-02T09:30:00Z",
        "2026-03-05T14:00:05Z",
    ]


@settings(deadline=None)
@given(title=nasty, summary=nasty, body=nasty)
def test_words_come_back_as_they_were(title, summary, body):
    entry = make_entry(title=f"Most {title}", summary=f"Most {summary}.", body=f"<p>{body}</p>")
    read = entry_of(entry)
    assert read.findtext(ATOM + "title").split() == f"Most {without_controls(title)}".split()
    assert read.findtext(ATOM + "summary") == f"Most {without_controls(summary)}."
    assert read.findtext(ATOM + "content") == f"<p>{without_controls(body)}</p>"
    assert not parsed(write_atom(make_feed(entry))).bozo


def test_title_and_summary_are_text_and_the_content_is_html():
    entry = entry_of(make_entry(title="3 < 5"))
    types = {name: entry.find(ATOM + name).get("type") for name in ("title", "summary", "content")}
    assert types == {"title": "text", "summary": "text", "content": "html"}


def test_picture_and_recording_are_enclosed_with_their_lengths():
    enclosures = links_of(entry_of(make_full_entry()), "enclosure")
    assert [(link.get("href"), link.get("length"), link.get("type")) for link in enclosures] == [
        (f"{SITE}/media/most.jpg", "183402", "image/jpeg"),
        (f"{SITE}/media/most.mp3", "812000", "audio/mpeg"),
    ]


def test_topics_keep_their_code_beside_their_name():
    tags = parsed(write_atom(make_feed(make_entry()))).entries[0].tags
    assert [(tag.term, tag.label, tag.scheme) for tag in tags] == [
        ("roads", "Putevi", f"{SITE}/diaspora/#topics"),
        ("diaspora", "Dijaspora", f"{SITE}/diaspora/#topics"),
    ]


def test_an_entry_has_rights_and_licence():
    entry = entry_of(make_entry())
    assert entry.findtext(ATOM + "rights") == "© Općina Primjer, CC BY 4.0"
    assert [link.get("href") for link in links_of(entry, "license")] == [CC_BY]


def test_news_of_others_names_where_it_came_from():
    (via,) = links_of(entry_of(make_full_entry()), "via")
    assert (via.get("title"), via.get("href")) == ("Grad Uzor", "https://uzor.example.com/vijest/")


def test_news_of_others_carries_the_feed_that_it_is_from():
    (read,) = parsed(write_atom(make_feed(make_full_entry()))).entries
    source = read.source
    assert (source.title, source.link, source.id) == ("Grad Uzor", ORIGIN.url, ORIGIN.feed_url)
    assert [link.href for link in source.links if link.rel == "self"] == [ORIGIN.feed_url]
    assert (read.title, read.id, read.updated) == (
        "Otvoren novi most",
        make_entry().urn,
        "2026-03-05T14:00:05Z",
    )


def test_two_entries_may_be_of_one_source():
    assert problems_of_atom(write_atom(make_feed(make_full_entry(1), make_full_entry(2)))) == []


def test_a_correction_stands_first_in_the_summary():
    entry = entry_of(make_entry(corrected=True, note="Most je širok 9 metara.", language="en"))
    assert entry.findtext(ATOM + "summary").startswith("Correction: Most je širok 9 metara.\nMost je")


def test_a_withdrawn_entry_is_a_tombstone_alone():
    document = write_atom(make_feed(make_entry(1), make_withdrawn(2)))
    (grave,) = elements(document, "feed/deleted-entry")
    assert (grave.get("ref"), grave.get("when")) == (make_withdrawn(2).urn, "2026-03-05T14:00:05Z")
    assert texts(document, "feed/deleted-entry/comment") == [
        "Ova vijest je povučena 5. marta 2026.\nMost još nije otvoren."
    ]
    assert texts(document, "feed/entry/id") == [make_entry(1).urn]


def test_an_archive_leads_to_the_feed_and_its_neighbours():
    archive = make_feed(
        current_url=f"{SITE}/feed", previous_archive_url=f"{SITE}/1", next_archive_url=f"{SITE}/3"
    )
    document = write_atom(archive)
    (feed,) = elements(document, "feed")
    chain = {
        relation: links_of(feed, relation)[0].get("href")
        for relation in ("current", "prev-archive", "next-archive")
    }
    assert chain == {"current": f"{SITE}/feed", "prev-archive": f"{SITE}/1", "next-archive": f"{SITE}/3"}
    assert len(elements(document, "feed/archive")) == 1


def test_the_feed_itself_is_no_archive_but_leads_to_one():
    document = write_atom(make_feed(previous_archive_url=f"{SITE}/1"))
    (feed,) = elements(document, "feed")
    assert [link.get("href") for link in links_of(feed, "prev-archive")] == [f"{SITE}/1"]
    assert elements(document, "feed/archive") == links_of(feed, "current") == []


def test_embargo_and_expiry_are_periods():
    document = write_atom(make_feed(make_full_entry(embargoed_until=making.UPDATED)))
    assert texts(document, "feed/entry/available") == ["start=2026-03-05T14:00:05Z; scheme=W3C-DTF"]
    assert texts(document, "feed/entry/valid") == [
        "start=2026-03-02T09:30:00Z; end=2026-09-01T00:00:00Z; scheme=W3C-DTF"
    ]
