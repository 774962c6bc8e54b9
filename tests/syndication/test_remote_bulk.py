"""Many at once: bounded, and only what was asked about."""

from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.remote import a_remote_item, a_source
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.municipalities.viewsets.bulk import MunicipalityBulkAction
from wagtail_diaspora.syndication.models import RemoteItem, RemoteSource, RemoteState
from wagtail_diaspora.syndication.viewsets.remote_bulk import ITEM_ACTIONS, SOURCE_ACTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
LISTING = "/admin/diaspora_remote_item/"
NOW = timezone.now()


@pytest.fixture
def editor(town):
    return logged_in(
        town, "diaspora_syndication.change_remoteitem", "diaspora_syndication.change_remotesource"
    )


def all_of(action, query="", model="remoteitem"):
    base = reverse("wagtail_bulk_action", args=["diaspora_syndication", model, action])
    return f"{base}?id=all&next={LISTING}{query}"


def test_all_is_done_in_portions_with_a_count(editor, town, monkeypatch):
    monkeypatch.setattr(MunicipalityBulkAction, "portion", 2)
    source = a_source(town)
    for number in range(1, 6):
        a_remote_item(source, number, state="waiting")
    question = editor.get(all_of("show"))
    assert "These are the first of them; 3 more are left for the next time." in question.content.decode()
    for left, shown, said in (
        (3, 2, "3 more are left. Choose all again for them."),
        (1, 4, "1 more is left. Choose all again for it."),
        (0, 5, "1 piece of news was changed."),
    ):
        url = editor.get(all_of("show")).context["submit_url"]
        page = editor.post(url, follow=True).content.decode()
        assert said in page and ("Choose all again" in page) == bool(left)
        assert RemoteItem.objects.filter(state="shown").count() == shown


def test_what_came_after_the_question_is_not_decided(editor, town):
    source = a_source(town)
    seen = a_remote_item(source, 1, state="waiting")
    url = editor.get(all_of("show")).context["submit_url"]
    unseen = a_remote_item(source, 2, state="waiting")
    assert "1 more is left." in editor.post(url, follow=True).content.decode()
    assert set(RemoteItem.objects.for_readers(town)) == {seen}
    unseen.refresh_from_db()
    assert unseen.state == RemoteState.WAITING


def test_where_there_is_nothing_to_change_it_is_said_so(editor, town):
    a_remote_item(a_source(town), state="shown")
    for ask in (editor.get, editor.post):
        assert "There is nothing to change." in ask(all_of("show"), follow=True).content.decode()


def test_all_is_what_the_filter_left(editor, town):
    one, other = a_source(town), a_source(town, "https://treci.example.org/feed", name="Općina Treći")
    items = [a_remote_item(source, state="waiting") for source in (one, other)]
    editor.post(all_of("show", "&source=tre%C4%87i"))
    assert set(RemoteItem.objects.filter(state="shown")) == {items[1]}


@pytest.mark.parametrize("action", SOURCE_ACTIONS)
def test_a_source_fits_alike_in_python_and_in_the_database(town, action):
    moved, seen = ("", "https://n.example.org/"), ("", "x")
    rows = product(("active", "paused", "asks"), moved, seen, (-1, 1), (True, False))
    for number, (state, proposed, seen, hours, takes_new) in enumerate(rows):
        due = NOW + timedelta(hours=hours)
        said = {"state": state, "proposed_url": proposed, "body_hash": seen, "next_due_at": due}
        a_source(town, f"https://{number}.example.org/", takes_new=takes_new, **said)
    fitting = set(RemoteSource.objects.filter(action.fitting))
    assert fitting == {row for row in RemoteSource.objects.all() if action.fits(row)} != set()


@pytest.mark.parametrize("action", ITEM_ACTIONS)
def test_news_fits_alike_in_python_and_in_the_database(town, action):
    source = a_source(town)
    rows = product(RemoteState.values, ("", "x"), (None, -1, 1))
    for number, (state, digest, hours) in enumerate(rows):
        hour = NOW + timedelta(hours=hours) if hours and state != RemoteState.SHOWN else None
        said = {"state": state, "digest": digest, "embargoed_until": hour, "published_at": NOW}
        a_remote_item(source, number, updated_at=NOW, **said)
    fitting = set(RemoteItem.objects.filter(action.fitting))
    assert fitting == {row for row in RemoteItem.objects.all() if action.fits(row)} != set()


@pytest.mark.parametrize("action", ["pause", "read_now"])
def test_what_was_done_fits_no_more(editor, town, action):
    for number in range(3):
        a_source(town, f"https://{number}.example.org/", body_hash="x", next_due_at=NOW + timedelta(hours=1))
    editor.post(all_of(action, model="remotesource"))
    assert "There is nothing to change." in (
        editor.get(all_of(action, model="remotesource"), follow=True).content.decode()
    )


def test_all_is_what_the_search_left(editor, town):
    source = a_source(town)
    items = [a_remote_item(source, n, state="waiting", title=title) for n, title in ((1, "Most"), (2, "Put"))]
    editor.post(all_of("show", "&q=most"))
    assert set(RemoteItem.objects.filter(state="shown")) == {items[0]}
