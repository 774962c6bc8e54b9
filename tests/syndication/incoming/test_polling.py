"""Which sources are read, when, and by whom: other people's websites, over real HTTP."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.remote import a_source
from tests.syndication.feeds import item, rss
from tests.syndication.web import Page, Web
from wagtail_diaspora.syndication.actions import polling, settling
from wagtail_diaspora.syndication.actions.polling import poll
from wagtail_diaspora.syndication.fetching import TooSlow
from wagtail_diaspora.syndication.jobs import JOBS
from wagtail_diaspora.syndication.models import RemoteSource

pytestmark = pytest.mark.django_db


def test_a_killed_round_is_taken_up_when_its_lease_is_over(town, web):
    web.pages["/feed"] = Page(rss(item()))
    taken = a_source(
        town, web.url("/feed"), lease_token="x", lease_until=timezone.now() + timedelta(minutes=1)
    )
    assert poll() == 0 and not web.asked
    RemoteSource.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert poll() == 1
    taken.refresh_from_db()
    assert (taken.lease_token, taken.lease_until) == ("", None)


def test_what_others_have_taken_holds_nobody_up(town, web):
    """Between the look and the lease another process was faster."""
    for path in ("/1", "/2"):
        web.pages[path] = Page(rss(item()))
        a_source(town, web.url(path))
    current = polling.Round()
    RemoteSource.objects.filter(feed_url=web.url("/1")).update(
        lease_token="x", lease_until=timezone.now() + timedelta(minutes=1)
    )
    assert current.take(8) == [] and current.pause() == 0
    assert [source.feed_url for source in current.take(8)] == [web.url("/2")]
    assert not current.waiting


def test_whoever_lost_the_lease_writes_nothing(town, web):
    web.pages["/feed"] = Page(rss(item()))
    source = a_source(town, web.url("/feed"))
    (mine,) = polling.claim([source.pk])
    assert polling.claim([source.pk]) == []
    RemoteSource.objects.update(lease_token="another")
    for answer in (polling.read(mine), TooSlow()):
        assert polling.keep(mine, answer) is False
    source.refresh_from_db()
    assert (source.items.count(), source.trouble, source.lease_token) == (0, "", "another")


def test_one_host_gets_one_request_at_a_time_and_hosts_do_not_wait_for_each_other(town, settings):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "FETCH_ALLOWED_ADDRESSES": ("127.0.0.1",)}
    meeting = threading.Barrier(2, timeout=10)
    with Web() as one, Web() as two:
        for web in (one, two):
            for number in range(3):
                web.pages[f"/{number}"] = Page(rss(item(number)), pause=0.02)
                a_source(town, web.url(f"/{number}"))
            web.pages["/0"] = Page(pieces=(meeting.wait() * 0 * b"" or rss(item()) for _once in range(1)))
        assert poll() == 6
        assert (one.most_busy, two.most_busy, meeting.broken) == (1, 1, False)


def test_a_host_is_left_to_rest_between_two_requests(town, web, monkeypatch):
    monkeypatch.setattr(polling, "PAUSE", 0.1)
    for number in range(3):
        web.pages[f"/{number}"] = Page(rss(item(number)))
        a_source(town, web.url(f"/{number}"))
    began = timezone.now()
    assert poll() == 3
    assert timezone.now() - began >= timedelta(seconds=0.2)


def test_a_round_is_bounded(town, web, monkeypatch):
    monkeypatch.setattr(polling, "PER_RUN", 2)
    for number in range(4):
        web.pages[f"/{number}"] = Page(rss(item(number)))
        a_source(town, web.url(f"/{number}"))
    assert poll() == 2
    assert poll() == 2


def test_the_job_says_what_it_did(town, web, english):
    web.pages["/feed"] = Page(rss(item()))
    a_source(town, web.url("/feed"))
    (job,) = [job for job in JOBS if job.name == "syndication.poll"]
    assert job.run() == "1 source has news."
    assert job.run() is None


def test_a_host_that_asks_for_rest_is_not_asked_for_its_other_feeds(town, web):
    sources = [a_source(town, web.url(f"/{number}")) for number in range(3)]
    for number in range(3):
        web.pages[f"/{number}"] = Page(status=429, headers={"Retry-After": "7200"})
    poll()
    assert len(web.asked) == 1
    for source in sources:
        source.refresh_from_db()
        assert timedelta(minutes=118) < source.next_due_at - timezone.now() < timedelta(minutes=133)
    assert sorted(source.failures for source in sources) == [0, 0, 1]


def test_a_host_that_has_an_error_without_a_word_is_asked_again_in_the_next_round(town, web):
    for number in range(2):
        web.pages[f"/{number}"] = Page(status=503)
        a_source(town, web.url(f"/{number}"))
    poll()
    assert len(web.asked) == 1
    poll()
    assert len(web.asked) == 2


def test_a_host_that_is_away_is_asked_once_a_round(town, web):
    with Web() as gone:
        sources = [a_source(town, gone.url(f"/{number}")) for number in range(3)]
    web.pages["/feed"] = Page(rss(item()))
    a_source(town, web.url("/feed"))
    assert poll() == 1
    assert sum(RemoteSource.objects.filter(trouble="not_reached").values_list("failures", flat=True)) == 1
    poll()
    assert RemoteSource.objects.filter(pk__in=[one.pk for one in sources], failures=1).count() == 2


def test_a_round_ends_in_time_and_leaves_the_rest_to_the_next_one(town, web, monkeypatch):
    monkeypatch.setattr(polling, "RUN_SECONDS", 0)
    web.pages["/feed"] = Page(rss(item()))
    a_source(town, web.url("/feed"))
    assert (poll(), web.asked) == (0, [])


def test_a_round_does_not_hold_up_the_clock_for_longer_than_until_the_next_one():
    every = next(job.every for job in JOBS if job.name == "syndication.poll")
    assert every.total_seconds() > polling.RUN_SECONDS


def test_unchanged_sources_of_which_the_lease_was_lost_are_left_alone(town, web):
    web.pages["/feed"] = Page(rss(item()), etag='"1"')
    source = a_source(town, web.url("/feed"), etag='"1"', failures=2)
    (mine,) = polling.claim([source.pk])
    answer = polling.read(mine)
    assert settling.is_unchanged(mine, answer)
    RemoteSource.objects.update(lease_token="another")
    assert settling.settle_unchanged([mine]) == 0
    source.refresh_from_db()
    assert (source.lease_token, source.failures) == ("another", 2)
