"""A hub passes on what it shows: told once, followed, and in the name of whoever published it."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.utils import timezone

from tests.factories.remote import a_remote_item, a_source, at_once
from tests.factories.syndication import a_hub, a_partner, a_town
from tests.syndication.feeds import json_item
from tests.syndication.newsdesk import kinds, lines, tell, tell_and_send
from tests.syndication.passing.readings import FEED, an_entry, brought, entry, feed_of, read
from wagtail_diaspora.syndication.actions import moderating, passing, rounds
from wagtail_diaspora.syndication.models import Change, Channel, FeedFile, Item, RemoteSource

pytestmark = pytest.mark.django_db


def test_what_is_shown_stands_in_the_hubs_feeds_in_its_publishers_name(hub, source):
    facts = {"kind": "event", "version": 4, "rights": "CC BY 4.0", "rights_url": "https://cc.example.org/by"}
    contact = {"email": "press@drugi.example.org", "phone": "+387 33 1"}
    assert brought(source, an_entry(ours={**facts, "contact": contact}, authors=[{"name": "Ured"}])) == 1
    told = entry(hub)
    assert (told.id, told.kind, told.version) == (UUID(int=1), "event", 1)
    assert (told.url, told.published_at) == (json_item(1)["url"], datetime(2026, 3, 1, 10, tzinfo=UTC))
    assert (told.origin.name, told.origin.url) == ("Općina Drugi", "https://drugi.example.org/")
    assert told.origin.feed_url == FEED
    assert (told.publisher.name, told.publisher.email) == ("Općina Drugi", "press@drugi.example.org")
    assert (told.author, told.rights, told.rights_url) == ("Ured", "CC BY 4.0", "https://cc.example.org/by")
    change = Change.objects.get()
    assert (change.origin_version, change.quiet, change.kind) == (4, False, "new")
    assert Channel.objects.get().municipality == hub and "Otvoren most" in feed_of(hub)
    assert rounds.publish() == rounds.compare() == 0


def test_the_feed_itself_is_the_hubs(hub, source):
    brought(source, an_entry())
    assert '"authors":[{"name":"Grad Primjer"' in feed_of(hub).partition('"items"')[0]


@pytest.mark.parametrize(
    ("kind", "choice", "count"),
    [("network", "usual", 1), ("opcina", "usual", 0), ("opcina", "yes", 1), ("network", "no", 0)],
)
def test_a_network_passes_on_and_a_town_does_not_unless_it_says_so(db, kind, choice, count):
    where = a_hub() if kind == "network" else a_town("mi.example.org", kind=kind)
    source = at_once(where, FEED, passed_on=choice, starts_anew=False)
    assert brought(source, an_entry()) == count
    assert passing.pass_on_all() == 0 and Item.objects.count() == count


def test_what_waits_for_a_look_or_is_hidden_is_not_passed_on(hub):
    waits = a_source(hub, FEED, starts_anew=False)
    assert brought(waits, an_entry()) == 0
    moderating.show([waits.items.get()], user=None)
    assert rounds.publish() == 1


def test_an_update_is_an_update_and_a_correction_is_told_with_its_sentence(hub, source):
    partner = a_partner(hub)
    brought(source, an_entry())
    tell_and_send()
    brought(source, an_entry(summary="Drugo."))
    brought(source, an_entry(summary="Drugo.", ours={"corrected": True, "note": "Dan je utorak."}))
    assert kinds() == ["new", "updated", "corrected"]
    told = entry(hub)
    assert (told.corrected, told.note) == (True, "Dan je utorak.")
    tell_and_send()
    assert [kind for kind, _version, _state in lines(partner=partner)] == ["new", "corrected"]
    brought(source, an_entry(summary="Treće.", ours={"corrected": True, "note": "Dan je utorak."}))
    assert kinds()[-1] == "updated" and entry(hub).note == "Dan je utorak."
    brought(source, an_entry(summary="Treće.", ours={"corrected": True, "note": "Ipak je petak."}))
    assert kinds()[-1] == "corrected" and rounds.compare() == 0


def test_a_correction_is_said_once_in_what_is_read(hub, source):
    """Our own feeds repeat the sentence at the head of the text."""
    said = {"corrected": True, "note": "Dan je utorak."}
    body = "<p><strong>Ispravka: Dan je utorak.</strong></p>\n<p>Most je otvoren.</p>"
    brought(source, an_entry(content_html=body, summary="Ispravka: Dan je utorak.\nMost.", ours=said))
    told = entry(hub)
    assert (told.body, told.summary, told.note) == ("<p>Most je otvoren.</p>", "Most.", "Dan je utorak.")


def test_a_withdrawal_takes_the_bytes_and_keeps_name_address_and_origin(hub, source, monkeypatch):
    partner, late = a_partner(hub), a_partner(hub)
    brought(source, an_entry())
    tell_and_send()
    late.deliveries.all().delete()
    assert FeedFile.objects.exists()
    read(source, an_entry(ours={"withdrawn": True, "note": "Nije istina.", "version": 2}))
    assert passing.pass_on_due() == 1 and not FeedFile.objects.exists()
    assert Change.objects.last().origin_version == 2
    rounds.publish()
    told = entry(hub)
    assert (told.withdrawn, told.note, told.body) == (True, "Nije istina.", "")
    assert (told.id, told.url, told.origin.name) == (UUID(int=1), json_item(1)["url"], "Općina Drugi")
    tell()
    assert [line[0] for line in lines(partner=partner)] == ["new", "withdrawn"] and not lines(partner=late)
    assert '"origin":{"name":"Općina Drugi"' in feed_of(hub)


def test_what_is_withdrawn_before_anybody_looked_is_told_to_nobody(hub):
    waits = a_source(hub, FEED, starts_anew=False)
    brought(waits, an_entry())
    brought(waits, an_entry(ours={"withdrawn": True}))
    assert kinds() == [] and not Item.objects.exists()


def test_the_guarantee_is_bounded_and_goes_on_where_it_stopped(hub, monkeypatch):
    sources = [a_source(hub, f"https://{number}.example.org/", rule="at_once") for number in range(3)]
    for number, source in enumerate(sources, 1):
        a_remote_item(source, number)
    RemoteSource.objects.filter(pk=sources[0].pk).update(compared_at=timezone.now())
    monkeypatch.setattr(passing, "RUN_SECONDS", -1)
    assert passing.pass_on_all() == 0
    monkeypatch.setattr(passing, "RUN_SECONDS", 60)
    compared, compare = [], passing._compare
    monkeypatch.setattr(passing, "_compare", lambda *how: compared.append(how[0]) or compare(*how))
    assert passing.pass_on_all() == 3
    assert compared == [*sources[1:], sources[0]]
    compared.clear()
    passing.pass_on_all()
    assert compared == [*sources[1:], sources[0]]
