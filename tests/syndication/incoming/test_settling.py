"""What becomes of one reading: when the next one is, and what is said."""

from contextlib import ExitStack
from datetime import UTC, timedelta
from email.utils import format_datetime

import pytest
from django.utils import timezone

from tests.factories.remote import a_source, at_once
from tests.syndication.feeds import item, rss
from tests.syndication.incoming.polls import again
from tests.syndication.test_desk import logged_in
from tests.syndication.web import Page, Web
from wagtail_diaspora.syndication import reading
from wagtail_diaspora.syndication.actions.polling import poll
from wagtail_diaspora.syndication.models import RemoteSource, SourceState, Trouble

pytestmark = pytest.mark.django_db


@pytest.fixture
def parsed(monkeypatch):
    """What was parsed, counted beside."""
    bodies, read = [], reading.read
    monkeypatch.setattr(reading, "read", lambda body, **how: bodies.append(body) or read(body, **how))
    return bodies


def test_what_did_not_change_is_not_parsed(town, web, parsed):
    source = at_once(town, web.url("/feed"))
    web.pages["/feed"] = Page(
        rss(item()), etag='"1"', headers={"Last-Modified": "Sun, 01 Mar 2026 10:00:00 GMT"}
    )
    assert poll() == 1
    assert again(source) == 0  # 304
    assert web.asked[1].headers["If-None-Match"] == '"1"'
    assert web.asked[1].headers["If-Modified-Since"] == "Sun, 01 Mar 2026 10:00:00 GMT"
    web.pages["/feed"] = Page(rss(item()), etag='"2"')  # the same bytes under another name
    assert again(source) == 0
    assert (len(parsed), source.etag) == (1, '"2"')


@pytest.mark.parametrize("count", [1, 3])
def test_unchanged_sources_cost_the_same_for_one_and_three(town, web, django_assert_num_queries, count):
    with ExitStack() as others:
        for host in [web, *(others.enter_context(Web()) for _number in range(count - 1))]:
            host.pages["/feed"] = Page(rss(item()), etag='"1"')
            at_once(town, host.url("/feed"))
        poll()
        RemoteSource.objects.update(next_due_at=timezone.now())
        with django_assert_num_queries(4):  # what is due, take, look and write
            poll()
    dues = set(RemoteSource.objects.values_list("next_due_at", flat=True))
    assert len(dues) == count and min(dues) > timezone.now() + timedelta(minutes=19)
    assert set(RemoteSource.objects.values_list("interval", "lease_token")) == {(3600, "")}


def test_it_is_read_more_often_where_there_is_news(town, web):
    source = a_source(town, web.url("/feed"))
    for number in range(6):
        web.pages["/feed"] = Page(rss(*(item(one) for one in range(number + 1))))
        again(source)
    assert source.interval == 600
    assert timedelta(seconds=590) < source.next_due_at - timezone.now() < timedelta(seconds=661)
    for _number in range(10):
        again(source)
    assert source.interval == 24 * 3600


@pytest.mark.parametrize("status", [429, 503])
def test_whoever_asks_for_rest_gets_it(town, web, status):
    source = a_source(town, web.url("/feed"))
    in_two_hours = format_datetime(timezone.now().astimezone(UTC) + timedelta(hours=2), usegmt=True)
    for value in ("7200", in_two_hours):
        web.pages["/feed"] = Page(status=status, headers={"Retry-After": value})
        again(source)
        assert timedelta(minutes=118) < source.next_due_at - timezone.now() < timedelta(minutes=133)
    assert (source.trouble, source.state) == (Trouble.BUSY, SourceState.ACTIVE)
    for value in ("-5", "soon", "9" * 50, ""):
        web.pages["/feed"] = Page(status=status, headers={"Retry-After": value})
        again(source)
        assert source.next_due_at - timezone.now() <= timedelta(hours=27)


@pytest.mark.parametrize(
    ("page", "trouble"),
    [
        (Page(status=404), "not_found"),
        (Page(status=403), "forbidden"),
        (Page(status=500), "server"),
        (Page(b"x" * 4_000_000), "large"),
        (Page(b"<nothing/>"), "unreadable"),
        (Page(status=302, headers={"Location": "/feed"}), "redirects"),
        (Page(status=302, headers={"Location": "http://10.0.0.1/"}), "refused"),
        (Page(b"x", headers={"Content-Encoding": "gzip"}), "broken"),
    ],
)
def test_what_goes_wrong_is_said_plainly_and_tried_more_seldom(town, web, english, page, trouble):
    web.pages["/feed"], web.pages["/good"] = page, Page(rss(item()))
    bad, good = a_source(town, web.url("/feed")), a_source(town, web.url("/good"))
    pauses = []
    for _number in range(3):
        again(bad)
        pauses.append(bad.next_due_at - timezone.now())
    good.refresh_from_db()
    assert (bad.trouble, bad.failures, good.trouble, good.items.count()) == (trouble, 3, "", 1)
    assert bad.get_trouble_display().endswith(".")
    assert pauses[0] < pauses[1] < pauses[2]
    web.pages["/feed"] = Page(rss(item()))
    again(bad)
    assert (bad.trouble, bad.failures) == ("", 0)


def test_of_a_feed_that_changed_only_what_is_new_is_parsed(town, web, parsed):
    source = at_once(town, web.url("/feed"))
    for number in (1, 2):
        web.pages["/feed"] = Page(rss(*(item(one) for one in range(number, 0, -1))))
        assert again(source) == 1
    assert (b"urn:primjer:1<" in parsed[1], b"urn:primjer:2<" in parsed[1]) == (False, True)
    assert source.items.count() == 2


def test_what_could_not_be_used_is_counted_each_time(town, web):
    source = at_once(town, web.url("/feed"))
    for number in (1, 2, 3):
        web.pages["/feed"] = Page(rss("<item></item>", *(item(one) for one in range(number))))
        again(source)
        assert (source.unusable, source.items.count()) == ({"empty": 1}, number)


def test_other_words_are_looked_for_in_all_that_stands_there(town, web):
    source = at_once(town, web.url("/feed"), words="susret")
    web.pages["/feed"] = Page(rss(item(1)))
    again(source)
    editor = logged_in(town, "diaspora_syndication.change_remotesource")
    said = {"feed_url": source.feed_url, "rule": "at_once", "words": "most", "passed_on": "usual"}
    editor.post(f"/admin/diaspora_remote_source/edit/{source.pk}/", said)
    web.pages["/feed"] = Page(rss(item(1), item(2)))
    again(source)
    assert source.items.count() == 2
