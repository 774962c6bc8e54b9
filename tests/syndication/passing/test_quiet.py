"""A first reading and a pause flood nobody; what one round costs, and what is counted."""

from uuid import UUID

import pytest
from django.utils import timezone

from tests.factories.remote import at_once
from tests.factories.syndication import a_partner, a_story, an_item
from tests.syndication.newsdesk import lines, tell, tell_and_send
from tests.syndication.passing.readings import FEED, an_entry, brought, feed_of, read
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.syndication.actions import (
    moderating,
    passing,
    publishing,
    rendering,
    rounds,
    settling,
    weekly,
)
from wagtail_diaspora.syndication.fetching import Fetched
from wagtail_diaspora.syndication.models import Change, Channel, RemoteSource

pytestmark = pytest.mark.django_db


def test_a_first_reading_floods_nobody(hub):
    partner = a_partner(hub)
    source = at_once(hub, FEED)
    brought(source, an_entry(), an_entry(2))
    assert tell() == 0 and not lines() and feed_of(hub).count('"date_published"') == 2
    brought(source, an_entry(), an_entry(2), an_entry(3, title="Nova"))
    tell_and_send()
    assert [line.title for line in partner.deliveries.all()] == ["Nova"]
    brought(source, an_entry(1, ours={"withdrawn": True}))
    assert tell() == 0 and Channel.objects.get().told == Channel.objects.get().number


def test_after_a_pause_what_was_missed_floods_nobody(hub, source):
    a_partner(hub)
    moderating.pause([source], user=None)
    moderating.resume([source], user=None)
    brought(source, an_entry())
    brought(source, an_entry(), an_entry(2, title="Nova"))
    tell_and_send()
    assert list(Change.objects.order_by("number").values_list("quiet", flat=True)) == [True, False]
    assert len(lines()) == 1


@pytest.mark.parametrize("unchanged", ["304", "the same"])
def test_a_reading_without_anything_new_ends_the_quiet(hub, source, unchanged):
    RemoteSource.objects.update(starts_anew=True, lease_token="x")
    source.refresh_from_db()
    status = 304 if unchanged == "304" else 200
    answer = Fetched(url=FEED, status=status, headers={}, body=b"", permanent_url=FEED)
    if status == 200:
        source.body_hash = settling.hashlib.sha256(b"").hexdigest()
    settling.settle(source, answer)
    assert RemoteSource.objects.get().starts_anew is False


def test_one_that_fails_does_not_hold_up_the_others(hub, source, monkeypatch, caplog):
    read(source, an_entry(), an_entry(2))
    record = passing.record

    def fail(item, *args):
        if item.remote.identity == UUID(int=1):
            raise RuntimeError("broken")
        return record(item, *args)

    monkeypatch.setattr(passing, "record", fail)
    assert passing.pass_on_due() == 1 and "follow failed" in caplog.text
    monkeypatch.undo()
    assert rounds.compare() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_comparing_costs_the_same_for_one_and_three(hub, source, count, django_assert_num_queries):
    brought(source, *(an_entry(number) for number in range(1, count + 1)))
    with django_assert_num_queries(8):
        assert passing.pass_on_all() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_building_costs_the_same_for_one_and_three(hub, source, count, django_assert_num_queries):
    brought(source, *(an_entry(number) for number in range(1, count + 1)))
    with django_assert_num_queries(15):
        assert rendering.render_due() == 1


def test_pages_and_news_of_others_share_one_count(hub, source):
    an_item(hub, a_story(hub))
    publishing.reconcile_due()
    brought(source, an_entry())
    assert list(Change.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert rounds.compare() == 0


def test_search_engines_and_the_weekly_count_get_the_hubs_own_only(hub, source, client):
    an_item(hub, a_story(hub, "Naša", date=timezone.localdate()))
    brought(source, an_entry(date_published=timezone.now().isoformat()))
    found = client.get("/diaspora/news-sitemap.xml", headers={"host": "mreza.example.org"}).content.decode()
    assert "Otvoren most" not in found and "Naša" in found
    assert weekly._week_of(hub)["marked"] == 1


def test_what_was_withdrawn_elsewhere_makes_no_page_gone(hub, source, client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "wagtail_diaspora.syndication.middleware.GoneMiddleware"]
    brought(source, an_entry())
    brought(source, an_entry(ours={"withdrawn": True}))
    for host in ("mreza.example.org", "nepoznat.example.org"):
        assert client.get("/vijesti/1", headers={"host": host}).status_code in (301, 404)


@pytest.mark.parametrize("how", ["resumed", "followed", "typed"])
def test_what_stands_at_another_address_floods_nobody(hub, source, how):
    if how == "resumed":
        RemoteSource.objects.update(state="asks", trouble="gone")
        source.refresh_from_db()
        moderating.resume([source], user=None)
    elif how == "followed":
        RemoteSource.objects.update(state="asks", proposed_url="https://novi.example.org/feed")
        source.refresh_from_db()
        moderating.follow([source], user=None)
    else:
        admin = logged_in(hub, "diaspora_syndication.change_remotesource")
        said = {"feed_url": "https://novi.example.org/feed", "rule": "at_once", "passed_on": "usual"}
        assert admin.post(f"/admin/diaspora_remote_source/edit/{source.pk}/", said).status_code == 302
    assert RemoteSource.objects.get().starts_anew
