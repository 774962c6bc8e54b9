"""What people change of a source while a slow server still answers."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.utils import timezone

from tests.factories.remote import a_source, at_once
from tests.syndication.feeds import item, rss
from tests.syndication.test_desk import logged_in
from tests.syndication.web import Page
from wagtail_diaspora.syndication.actions import moderating, polling
from wagtail_diaspora.syndication.models import RemoteItem, RemoteSource, SourceState

pytestmark = pytest.mark.django_db
SOURCES = "/admin/diaspora_remote_source/"


@pytest.fixture
def meanwhile(web):
    """Reads a source, and does something before its server has said the last word."""

    def read(source, change, *, page=None):
        asked, free = Event(), Event()

        def slowly(body):
            asked.set()
            yield body[:20]
            assert free.wait(10)
            yield body[20:]

        page = page or Page(rss(item()))
        web.pages["/slow"] = Page(
            pieces=slowly(page.body or b" " * 40), status=page.status, headers=page.headers
        )
        (mine,) = polling.claim([source.pk])
        with ThreadPoolExecutor(1) as threads:
            answer = threads.submit(polling.read, mine)
            assert asked.wait(10)
            change(source)
            free.set()
            return polling.keep(mine, answer.result())

    return read


def move(source):
    editor = logged_in(source.municipality, "diaspora_syndication.change_remotesource")
    said = {"feed_url": "https://novi.example.org/feed", "name": "", "rule": "at_once", "passed_on": "usual"}
    assert editor.post(f"{SOURCES}edit/{source.pk}/", said).status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        move,
        lambda source: moderating.pause([source], user=None),
        lambda source: moderating.read_now([source], user=None),
        lambda source: source.delete(),
    ],
    ids=["another address", "paused", "read now", "deleted"],
)
def test_a_reading_that_somebody_overtook_is_dropped(town, web, meanwhile, change):
    source = at_once(town, web.url("/slow"))
    assert meanwhile(source, change) is False
    assert not RemoteItem.objects.exists()
    for left in RemoteSource.objects.all():
        assert (left.body_hash, left.etag, left.lease_token, left.last_checked_at) == ("", "", "", None)
        assert left.next_due_at <= timezone.now()


def test_a_feed_that_moves_while_somebody_pauses_it_stays_paused(town, web, meanwhile):
    web.pages["/new"] = Page(rss(item()))
    source = a_source(town, web.url("/slow"), last_checked_at=timezone.now())
    moved = Page(status=301, headers={"Location": "/new"})
    meanwhile(source, lambda source: moderating.pause([source], user=None), page=moved)
    source.refresh_from_db()
    assert (source.state, source.proposed_url) == (SourceState.PAUSED, "")


def test_a_name_and_a_rule_that_were_given_meanwhile_hold(town, web, meanwhile):
    source = at_once(town, web.url("/slow"))
    editor = logged_in(town, "diaspora_syndication.change_remotesource")
    said = {"feed_url": source.feed_url, "name": "Naši susjedi", "rule": "after_a_look"}
    said["passed_on"] = "usual"
    url = f"{SOURCES}edit/{source.pk}/"
    assert meanwhile(source, lambda source: editor.post(url, said)) is True
    source.refresh_from_db()
    assert (source.name, source.rule, source.items.get().state) == ("Naši susjedi", "after_a_look", "waiting")
    assert source.items.get().attribution_name == "Naši susjedi"


def test_a_reading_for_other_words_is_dropped(town, web, meanwhile):
    """Its validators would keep the next one from what stands there."""
    source = at_once(town, web.url("/slow"), words="susret")
    editor = logged_in(town, "diaspora_syndication.change_remotesource")
    said = {"feed_url": source.feed_url, "rule": "at_once", "words": "most", "passed_on": "usual"}
    assert not meanwhile(source, lambda source: editor.post(f"{SOURCES}edit/{source.pk}/", said))
    source.refresh_from_db()
    assert (source.body_hash, source.entry_hashes) == ("", "") and not source.items.exists()


def test_a_form_that_was_open_overwrites_no_reading(town, web, monkeypatch):
    """Between the look at the row and its saving, the source is read."""
    web.pages["/feed"] = Page(rss(item()), etag='"1"')
    source = a_source(town, web.url("/feed"))
    clean = RemoteSource.full_clean

    def late(self, *args, **kwargs):
        polling.poll()
        return clean(self, *args, **kwargs)

    monkeypatch.setattr(RemoteSource, "full_clean", late)
    editor = logged_in(town, "diaspora_syndication.change_remotesource")
    said = {"feed_url": source.feed_url, "name": "Naši susjedi", "rule": "at_once", "passed_on": "usual"}
    assert editor.post(f"{SOURCES}edit/{source.pk}/", said).status_code == 302
    source.refresh_from_db()
    assert (source.name, source.etag, source.items.count()) == ("Naši susjedi", '"1"', 1)


@pytest.mark.parametrize(("state", "after"), [("asks", "active"), ("active", "active"), ("paused", "paused")])
def test_another_address_is_read_unless_the_source_is_paused(town, state, after):
    source = a_source(town, state=state, trouble="gone", proposed_url="https://x.example.org/")
    move(source)
    source.refresh_from_db()
    assert (source.state, source.trouble, source.proposed_url, source.is_new) == (after, "", "", True)
