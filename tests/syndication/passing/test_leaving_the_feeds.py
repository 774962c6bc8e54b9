"""What is hidden, withdrawn, or loses its source leaves the feeds of a hub."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from tests.factories.remote import at_once
from tests.syndication.newsdesk import kinds
from tests.syndication.passing.readings import an_entry, brought, read
from wagtail_diaspora.syndication.actions import ingesting, moderating, passing, rendering, rounds
from wagtail_diaspora.syndication.models import Change, Edition, FeedFile, Item, RemoteItem, RemoteSource

pytestmark = pytest.mark.django_db


def test_what_the_hub_hides_leaves_its_feeds_in_that_moment(hub, source):
    brought(source, an_entry())
    rendering.render_due()
    moderating.hide([source.items.get()], user=None)
    assert not FeedFile.objects.exists() and kinds() == ["new", "withdrawn"]
    assert Change.objects.last().note == ""
    assert rounds.publish() == rounds.compare() == 0
    moderating.show([source.items.get()], user=None)
    assert rounds.publish() == 1 and kinds()[-1] == "new"


def test_what_is_hidden_while_it_is_told_leaves_with_the_next_round(hub, source, monkeypatch):
    read(source, an_entry())
    record = passing.record

    def late(*args):
        moderating.hide([RemoteItem.objects.get()], user=None)
        return record(*args)

    monkeypatch.setattr(passing, "record", late)
    passing.pass_on_due()
    monkeypatch.undo()
    rounds.publish()
    assert Edition.objects.get().state == "withdrawn"


def test_what_is_hidden_stays_hidden_when_another_source_brings_it(hub, source):
    brought(source, an_entry())
    moderating.hide([source.items.get()], user=None)
    other = at_once(hub, "https://treci.example.org/feed", starts_anew=False)
    assert brought(other, an_entry()) == 0 and other.items.get().state == "hidden"


def test_a_source_that_is_deleted_takes_its_news_along(hub, source):
    brought(source, an_entry())
    source.delete()
    rounds.publish()
    assert kinds() == ["new", "withdrawn"] and rounds.compare() == 0


def test_the_guarantee_finds_a_source_that_is_gone_without_a_signal(hub, source):
    brought(source, an_entry())
    Item.objects.update(source=None, remote=None)
    RemoteItem.objects.all().delete()
    RemoteSource.objects.filter(pk=source.pk)._raw_delete("default")
    assert rounds.compare() == 1 and kinds()[-1] == "withdrawn"


def test_a_source_that_is_switched_off_takes_its_news_along(hub, source):
    brought(source, an_entry(), an_entry(2))
    RemoteItem.objects.filter(identity=UUID(int=2)).delete()
    RemoteSource.objects.update(passed_on="no")
    assert rounds.compare() == 2 and kinds() == ["new", "new", "withdrawn", "withdrawn"]
    assert rounds.compare() == 0


def test_what_makes_room_stays_as_told_and_is_withdrawn_all_the_same(hub, source, monkeypatch):
    monkeypatch.setattr(ingesting, "KEPT", 1)
    brought(source, an_entry())
    brought(source, an_entry(2))
    assert source.items.count() == 1 and rounds.compare() == 0
    assert kinds() == ["new", "new"]
    brought(source, an_entry(2), an_entry(1, ours={"withdrawn": True, "note": "Nije istina."}))
    assert kinds() == ["new", "new", "withdrawn"] and Change.objects.last().note == "Nije istina."


def test_what_made_room_is_corrected_also_where_nothing_new_is_taken(hub, source, monkeypatch):
    monkeypatch.setattr(ingesting, "KEPT", 1)
    brought(source, an_entry())
    brought(source, an_entry(2))
    RemoteSource.objects.update(takes_new=False)
    corrected = an_entry(1, content_html="<p>Tačno.</p>", ours={"corrected": True, "note": "U utorak."})
    brought(source, an_entry(2), corrected, an_entry(3))
    assert kinds() == ["new", "new", "corrected"] and Change.objects.last().note == "U utorak."


def test_what_waits_again_leaves_the_feeds_and_what_comes_back_does_not(hub, source):
    brought(source, an_entry(), an_entry(2))
    RemoteItem.objects.filter(identity=UUID(int=1)).update(state="waiting")
    RemoteItem.objects.filter(identity=UUID(int=2)).delete()
    RemoteSource.objects.update(rule="after_a_look", body_hash="")
    brought(source, an_entry(), an_entry(2, title="Opet"))
    told = {edition.name.int: edition.state for edition in Edition.objects.all()}
    assert told == {1: "withdrawn", 2: "public"} and rounds.compare() == 0
    moderating.show(RemoteItem.objects.all(), user=None)
    rounds.publish()
    assert sorted(kinds()) == ["new", "new", "new", "updated", "withdrawn"]


@pytest.mark.parametrize("how", ["killed", "twice"])
def test_a_kill_or_a_second_worker_loses_and_doubles_nothing(hub, source, how, monkeypatch):
    read(source, an_entry(), an_entry(2))
    if how == "killed":
        RemoteSource.objects.update(look_at=None)
        assert rounds.publish() == 0 and rounds.compare() == 2
    else:
        stale = RemoteSource.objects.select_related("municipality").get()
        look = passing.Comparison.__init__

        def late(self, *args):
            look(self, *args)
            monkeypatch.undo()
            assert passing.pass_on_due() == 2

        monkeypatch.setattr(passing.Comparison, "__init__", late)
        assert passing.pass_on(stale) == 0
    assert kinds() == ["new", "new"] and Item.objects.count() == 2


def test_what_happens_while_it_is_compared_is_looked_at_again(hub, source):
    read(source, an_entry())
    stale = RemoteSource.objects.select_related("municipality").get()
    later = timezone.now() + timedelta(seconds=5)
    RemoteSource.objects.update(look_at=later)
    passing._pass_on_due(stale)
    assert RemoteSource.objects.get().look_at == later
