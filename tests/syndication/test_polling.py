"""Other people's websites, over real HTTP."""

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories.remote import a_source, at_once
from tests.factories.syndication import a_town, an_item
from tests.syndication.feeds import HOME, item, json_feed, json_item, rss
from tests.syndication.web import Page, Web
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.syndication import reading
from wagtail_diaspora.syndication.actions import moderating, polling, settling
from wagtail_diaspora.syndication.actions.polling import poll
from wagtail_diaspora.syndication.entries import Entry, Feed, Origin, Publisher
from wagtail_diaspora.syndication.fetching import TooSlow
from wagtail_diaspora.syndication.formats import FORMATS
from wagtail_diaspora.syndication.jobs import JOBS
from wagtail_diaspora.syndication.models import RemoteItem, RemoteSource, RemoteState, SourceState, Trouble

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    return a_town("mi.example.org")


@pytest.fixture(autouse=True)
def _short_pause(monkeypatch):
    monkeypatch.setattr(polling, "PAUSE", 0.02)


def again(source=None):
    """Later, when its time has come."""
    RemoteSource.objects.update(next_due_at=timezone.now() - timedelta(seconds=1))
    changed = poll()
    if source:
        source.refresh_from_db()
    return changed


def states(source):
    return {found.title: found.state for found in source.items.all()}


def test_the_page_that_was_pasted_leads_to_the_feed(town, web):
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    web.pages["/"] = Page(f"<!DOCTYPE html><html><head>{link}</head></html>".encode())
    web.pages["/feed"] = Page(rss(item()))
    source = a_source(town, web.url("/"))
    assert source.is_new and (poll(), poll()) == (0, 1)
    source.refresh_from_db()
    assert (source.feed_url, source.home_url) == (web.url("/feed"), web.url("/"))
    assert (source.name, source.trouble, source.failures) == ("Općina Primjer", "", 0)
    assert states(source) == {"Otvoren most": RemoteState.WAITING}
    assert web.asked[0].headers["User-Agent"].endswith("(+http://mi.example.org)")


def test_a_page_without_a_feed_and_one_that_is_read_already_are_said_so(town, web):
    web.pages["/"] = Page(b"<html><link rel=alternate type=application/rss+xml href=/feed></html>")
    web.pages["/feed"] = Page(rss(item()))
    web.pages["/bare"] = Page(b"<html></html>")
    sources = [a_source(town, web.url(path)) for path in ("/feed", "/", "/bare")]
    poll()
    for source in sources:
        source.refresh_from_db()
    assert [source.trouble for source in sources] == ["", Trouble.TWICE, Trouble.NO_FEED]


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
def test_an_unchanged_source_costs_three_queries(town, web, django_assert_num_queries, count):
    for number in range(count):
        web.pages[f"/{number}"] = Page(rss(item()), etag='"1"')
        at_once(town, web.url(f"/{number}"))
    poll()
    RemoteSource.objects.update(next_due_at=timezone.now())
    with django_assert_num_queries(1 + 3 * count):  # what is due; then take, look and write
        poll()


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


def test_a_bad_entry_rejects_no_feed_and_is_counted(town, web):
    source = a_source(town, web.url("/feed"))
    web.pages["/feed"] = Page(json_feed({}, json_item(), None))
    poll()
    source.refresh_from_db()
    assert (source.unusable, source.trouble, source.items.count()) == ({"empty": 1, "broken": 1}, "", 1)


def test_a_feed_that_is_gone_waits_for_a_person(town, web):
    source = a_source(town, web.url("/feed"))
    web.pages["/feed"] = Page(status=410)
    again(source)
    assert (source.state, source.trouble) == (SourceState.ASKS, Trouble.GONE)
    again(source)
    assert len(web.asked) == 1
    web.pages["/feed"] = Page(rss(item()))
    assert moderating.resume([source], user=None) == 1
    assert poll() == 1
    assert logged(source) == ["source_gone", "source_resumed"]


def logged(row):
    entries = MunicipalityLogEntry.objects.filter(
        object_id=str(row.pk), content_type__model=row._meta.model_name
    )
    return [entry.action.partition(".")[2] for entry in entries.order_by("pk")]


def test_a_feed_that_moved_is_read_until_a_person_has_decided(town, web):
    source = at_once(town, web.url("/old"))
    web.pages["/old"] = Page(rss())
    poll()
    web.pages["/old"] = Page(status=301, headers={"Location": "/new"})
    web.pages["/new"] = Page(rss(item()))
    assert again(source) == 1
    assert (source.state, source.proposed_url) == (SourceState.ASKS, web.url("/new"))
    web.pages["/new"] = Page(rss(item(), item(2)))
    assert again(source) == 1
    assert moderating.stay([source], user=None) == 1
    again(source)
    assert (source.state, source.feed_url, source.proposed_url) == (SourceState.ACTIVE, web.url("/old"), "")
    web.pages["/old"].headers = {"Location": "/newer"}
    web.pages["/newer"] = Page(rss(item(), item(2)))
    again(source)
    assert (source.state, source.proposed_url) == (SourceState.ASKS, web.url("/newer"))
    assert moderating.follow([source], user=None) == 1
    again(source)
    assert (source.state, source.feed_url, source.items.count()) == (SourceState.ACTIVE, web.url("/newer"), 2)
    assert logged(source) == ["source_moved", "source_stayed", "source_moved", "source_followed"]


def test_an_address_that_was_just_pasted_is_where_it_leads_to(town, web):
    web.pages["/old"] = Page(status=301, headers={"Location": "/new"})
    web.pages["/new"] = Page(rss(item()))
    first, second = a_source(town, web.url("/old")), a_source(town, web.url("/old?again"))
    web.pages["/old?again"] = web.pages["/old"]
    poll()
    for source in (first, second):
        source.refresh_from_db()
    assert (first.feed_url, first.state) == (web.url("/new"), SourceState.ACTIVE)
    assert (second.feed_url, second.state) == (web.url("/old?again"), SourceState.ASKS)


def test_a_new_address_that_is_read_already_ends_in_a_pause(town, web):
    other = a_source(town, web.url("/new"))
    source = a_source(town, web.url("/old"), state=SourceState.ASKS, proposed_url=other.feed_url)
    assert moderating.follow([source], user=None) == 1
    source.refresh_from_db()
    assert (source.state, source.feed_url) == (SourceState.PAUSED, web.url("/old"))


def test_a_passing_detour_asks_nobody(town, web):
    source = a_source(town, web.url("/old"))
    web.pages["/old"] = Page(status=302, headers={"Location": "/new"})
    web.pages["/new"] = Page(rss(item()))
    again(source)
    assert (source.state, source.proposed_url) == (SourceState.ACTIVE, "")


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


def test_what_a_hub_brings_is_taken_over(town):
    source = at_once(town, "https://drugi.example.org/feed")
    assert settling.receive(source, rss(item()), headers={}) is True
    assert settling.receive(source, rss(item()), headers={}) is False
    assert RemoteItem.objects.for_readers(town).count() == 1
    with pytest.raises(reading.FeedUnreadable):
        settling.receive(source, b"<nothing/>", headers={})


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
    monkeypatch.setattr(polling, "PAUSE", 0.3)
    for number in range(3):
        web.pages[f"/{number}"] = Page(rss(item(number)))
        a_source(town, web.url(f"/{number}"))
    began = timezone.now()
    assert poll() == 3
    assert timezone.now() - began >= timedelta(seconds=0.6)


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


def test_paused_sources_are_not_read(town, web):
    web.pages["/feed"] = Page(rss(item()))
    source = a_source(town, web.url("/feed"))
    assert moderating.pause([source], user=None) == 1
    assert poll() == 0 and not web.asked
    assert moderating.pause([source], user=None) == 0
    moderating.resume([source], user=None)
    assert poll() == 1


def test_reading_now_takes_everything_over_again(town, web):
    web.pages["/feed"] = Page(rss(item()), etag='"1"')
    source = at_once(town, web.url("/feed"))
    poll()
    source.items.all().delete()
    assert again() == 0
    moderating.read_now([source], user=None)
    assert poll() == 1 and source.items.count() == 1


def test_a_list_of_feeds_becomes_rows_once(town):
    listed = [
        reading.Listed(f"Općina {number}", f"https://{number}.example.org/feed", "") for number in range(3)
    ]
    a_source(town, listed[0].feed_url)
    assert moderating.subscribe(town, listed, rule="at_once", user=None) == 2
    assert moderating.subscribe(town, listed, rule="at_once", user=None) == 0
    assert [source.name for source in RemoteSource.objects.all()] == ["", "Općina 1", "Općina 2"]


def test_nobody_shows_what_was_withdrawn(town, web):
    source = a_source(town, web.url("/feed"))
    web.pages["/feed"] = Page(json_feed(json_item()))
    again(source)
    web.pages["/feed"] = Page(json_feed(json_item(_diaspora={"withdrawn": True})))
    again(source)
    assert moderating.show([source.items.get()], user=None) == 0
    assert states(source) == {"Otvoren most": RemoteState.WITHDRAWN}
