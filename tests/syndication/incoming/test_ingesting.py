"""What a feed says, taken over: published, corrected, withdrawn."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories.remote import a_source, at_once
from tests.factories.syndication import a_town, an_item
from tests.syndication.feeds import HOME, item, json_feed, json_item, rss
from tests.syndication.incoming.polls import again, states
from tests.syndication.web import Page
from wagtail_diaspora.syndication.actions import moderating
from wagtail_diaspora.syndication.actions.polling import poll
from wagtail_diaspora.syndication.entries import Entry, Feed, Origin, Publisher
from wagtail_diaspora.syndication.formats import FORMATS
from wagtail_diaspora.syndication.models import RemoteItem, RemoteState

pytestmark = pytest.mark.django_db


PUBLISHER = Publisher(name="Grad Drugi", url="https://drugi.example.org/")


def a_feed(*entries):
    return Feed(
        id="urn:drugi",
        url="https://drugi.example.org/feed",
        home_url="https://drugi.example.org/",
        title="Grad Drugi",
        language="bs",
        updated_at=datetime(2026, 3, 1, tzinfo=UTC),
        publisher=PUBLISHER,
        entries=entries,
    )


def an_entry(**fields):
    said = {
        "version": 1,
        "language": "bs",
        "kind": "news",
        "url": "https://drugi.example.org/most",
        "title": "Otvoren most",
        "body": "<p>Most je otvoren u ponedjeljak.</p>",
        "published_at": datetime(2026, 3, 1, tzinfo=UTC),
        "updated_at": datetime(2026, 3, 1, tzinfo=UTC),
        "publisher": PUBLISHER,
    }
    return Entry(**{**said, **fields})


@pytest.mark.parametrize("name", ["rss", "atom", "feed", "ninjs1", "ninjs3"])
def test_what_we_publish_is_read_corrected_and_withdrawn(town, web, name):
    """Our own formats over HTTP: published, corrected with a sentence, withdrawn."""
    key, write = uuid4(), FORMATS[name].write
    source = at_once(town, web.url("/feed"))
    web.pages["/feed"] = Page(write(a_feed(an_entry(id=key))))
    assert poll() == 1
    shown = RemoteItem.objects.for_readers(town).get()
    assert (shown.title, shown.corrected, shown.guid) == ("Otvoren most", False, f"urn:uuid:{key}")
    assert "u ponedjeljak" in shown.html

    body, later = "<p>Most je otvoren u utorak.</p>", datetime(2026, 3, 2, tzinfo=UTC)
    right = an_entry(id=key, version=2, body=body, updated_at=later, corrected=True, note="Dan je utorak.")
    web.pages["/feed"] = Page(write(a_feed(right)))
    assert again(source) == 1
    shown = RemoteItem.objects.for_readers(town).get()
    assert shown.corrected and "u utorak" in shown.html and "Dan je utorak." in shown.html + shown.note
    assert (shown.updated_at, shown.published_at) == (later, datetime(2026, 3, 1, tzinfo=UTC))

    gone = an_entry(
        id=key, version=3, body="", updated_at=timezone.now(), withdrawn=True, note="Nije istina."
    )
    web.pages["/feed"] = Page(write(a_feed(gone)))
    assert again(source) == 1
    assert not RemoteItem.objects.for_readers(town).exists()
    kept = source.items.get()
    assert (kept.state, kept.html, kept.summary) == (RemoteState.WITHDRAWN, "", "")
    assert "Nije istina." in kept.note
    assert again(source) == 0


def test_what_was_withdrawn_and_comes_back_is_looked_at_again(town, web):
    source = a_source(town, web.url("/feed"))
    for mark, state in (({}, "waiting"), ({"withdrawn": True}, "withdrawn"), ({}, "waiting")):
        web.pages["/feed"] = Page(json_feed(json_item(_diaspora=mark)))
        again(source)
        assert states(source) == {"Otvoren most": state}


def test_a_bad_entry_rejects_no_feed_and_is_counted(town, web):
    source = a_source(town, web.url("/feed"))
    web.pages["/feed"] = Page(json_feed({}, json_item(), None))
    poll()
    source.refresh_from_db()
    assert (source.unusable, source.trouble, source.items.count()) == ({"empty": 1, "broken": 1}, "", 1)


def test_our_own_news_is_refused(town, web):
    """By its name, by its address, and by whose it says it is."""
    own = an_item(town)
    foreign = an_item(a_town("treci.example.org"))
    us = Origin(name="x", url="http://mi.example.org/")
    web.pages["/feed"] = Page(
        json_feed(
            json_item(1, id=f"urn:uuid:{own.pk}", url="https://drugi.example.org/1"),
            json_item(2, url="https://www.mi.example.org/vijesti/2"),
            json_item(
                3, url="https://drugi.example.org/3", _diaspora={"origin": {"name": us.name, "url": us.url}}
            ),
            json_item(4, id=f"urn:uuid:{foreign.pk}", url="https://drugi.example.org/4", title="Tuđa"),
            json_item(5, id="urn:uuid:nonsense", url="https://drugi.example.org/5", title="Druga"),
        )
    )
    source = at_once(town, web.url("/feed"))
    poll()
    source.refresh_from_db()
    assert set(states(source)) == {"Tuđa", "Druga"}
    assert source.unusable == {"ours": 3}


def test_the_same_news_of_two_sources_is_shown_once(town, web):
    web.pages |= {path: Page(rss(item())) for path in ("/1", "/2")}
    first, second = at_once(town, web.url("/1")), at_once(town, web.url("/2"))
    assert poll() == 2
    assert RemoteItem.objects.for_readers(town).get().source == first
    moderating.hide([first.items.get()], user=None)
    assert not RemoteItem.objects.for_readers(town).exists()
    moderating.show([second.items.get()], user=None)
    assert RemoteItem.objects.for_readers(town).get().source == second
    first.delete()
    assert RemoteItem.objects.for_readers(town).get().source == second


def test_only_news_with_the_words_is_taken(town, web):
    web.pages["/feed"] = Page(
        json_feed(
            json_item(1, title="Susret iseljenika"),
            json_item(2, title="Ceste"),
            json_item(3, tags=["Дијаспора"]),
        )
    )
    source = at_once(town, web.url("/feed"), words="iseljenik, DIJASPORA")
    poll()
    assert set(states(source)) == {"Susret iseljenika", "Otvoren most"}


def test_news_is_named_after_whoever_published_it_first(town, web):
    origin = {"origin": {"name": "Grad Treći", "url": "https://treci.example.org/"}}
    web.pages["/feed"] = Page(json_feed(json_item(1), json_item(2, title="Treća", _diaspora=origin)))
    source = at_once(town, web.url("/feed"))
    poll()
    named = {found.title: (found.attribution_name, found.attribution_url) for found in source.items.all()}
    assert named["Treća"] == ("Grad Treći", "https://treci.example.org/")
    assert named["Otvoren most"] == ("Općina Primjer", HOME)


def test_old_news_makes_room(town, web, monkeypatch):
    from wagtail_diaspora.syndication.actions import ingesting

    monkeypatch.setattr(ingesting, "KEPT", 3)
    source = at_once(town, web.url("/feed"))
    for start in (1, 4):
        web.pages["/feed"] = Page(rss(*(item(number) for number in range(start, start + 3))))
        again(source)
    assert {found.guid for found in source.items.all()} == {f"urn:primjer:{number}" for number in (4, 5, 6)}


def test_nobody_shows_what_was_withdrawn(town, web):
    source = a_source(town, web.url("/feed"))
    web.pages["/feed"] = Page(json_feed(json_item()))
    again(source)
    web.pages["/feed"] = Page(json_feed(json_item(_diaspora={"withdrawn": True})))
    again(source)
    assert moderating.show([source.items.get()], user=None) == 0
    assert states(source) == {"Otvoren most": RemoteState.WITHDRAWN}


@pytest.mark.parametrize("name", [None, "Novi naslov"])
def test_what_a_person_has_hidden_stays_hidden_when_it_is_published_again(town, web, name):
    source = at_once(town, web.url("/feed"))
    web.pages["/feed"] = Page(json_feed(json_item()))
    again(source)
    moderating.hide([source.items.get()], user=None)
    web.pages["/feed"] = Page(json_feed(json_item(_diaspora={"withdrawn": True})))
    assert (again(source), again(source)) == (1, 0)
    kept = source.items.get()
    assert (kept.state, kept.html, kept.summary) == (RemoteState.HIDDEN, "", "")
    assert moderating.show([kept], user=None) == 0
    web.pages["/feed"] = Page(json_feed(json_item(title=name or "Otvoren most")))
    assert again(source) == 1
    kept = source.items.get()
    assert (kept.state, kept.html) == (RemoteState.HIDDEN, "<p>Most je otvoren.</p>")
    assert moderating.show([kept], user=None) == 1


def test_what_a_person_has_hidden_comes_from_no_other_source(town, web):
    web.pages |= {path: Page(rss(item())) for path in ("/1", "/2", "/3")}
    first, elsewhere = at_once(town, web.url("/1")), at_once(a_town("treci.example.org"), web.url("/3"))
    poll()
    moderating.hide([first.items.get()], user=None)
    second = at_once(town, web.url("/2"))
    poll()
    assert (states(second), states(elsewhere)) == ({"Otvoren most": "hidden"}, {"Otvoren most": "shown"})


def test_what_was_withdrawn_here_and_hidden_there_does_not_come_back(town, web):
    sources = [at_once(town, web.url(path)) for path in ("/1", "/2")]
    web.pages |= {path: Page(json_feed(json_item())) for path in ("/1", "/2")}
    poll()
    web.pages["/2"] = Page(json_feed(json_item(_diaspora={"withdrawn": True})))
    again()
    moderating.hide([sources[0].items.get()], user=None)
    web.pages["/2"] = Page(json_feed(json_item()))
    again()
    assert [states(source) for source in sources] == [{"Otvoren most": "hidden"}] * 2
