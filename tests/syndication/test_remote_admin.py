"""A person decides which news of others is read and shown."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from tests.factories.municipalities import user_with
from tests.factories.remote import a_remote_item, a_source
from tests.factories.syndication import a_town
from tests.syndication.feeds import LIST, rss
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.syndication.models import RemoteItem, RemoteSource, RemoteState, SourceState, Trouble
from wagtail_diaspora.syndication.setup import MARK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

RIGHTS = [f"diaspora_syndication.{verb}_remotesource" for verb in ("add", "change", "delete")]
SOURCES, ITEMS = "/admin/diaspora_remote_source/", "/admin/diaspora_remote_item/"


@pytest.fixture
def editor(town):
    return logged_in(town, *RIGHTS, "diaspora_syndication.change_remoteitem")


@pytest.fixture
def source(town):
    return a_source(town, name="Općina Drugi")


def bulk(model, action, *keys):
    base = reverse("wagtail_bulk_action", args=["diaspora_syndication", model, action])
    return f"{base}?{'&'.join(f'id={key}' for key in keys)}"


def shown(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_an_address_is_pasted_and_read_later(editor, town):
    said = {
        "municipality": town.pk,
        "feed_url": "https://treci.example.org/",
        "rule": "at_once",
        "passed_on": "usual",
    }
    assert editor.post(f"{SOURCES}new/", said).status_code == 302
    source = RemoteSource.objects.get()
    assert (source.name, source.state, source.last_checked_at) == ("", SourceState.ACTIVE, None)
    assert source.next_due_at <= timezone.now()
    assert "It will be read within minutes." in shown(editor.get(SOURCES))
    again = editor.post(f"{SOURCES}new/", said)
    assert "This address is read already." in shown(again)


@pytest.mark.parametrize("address", ["ftp://treci.example.org/", "javascript:alert(1)", "treci", ""])
def test_what_is_no_address_is_refused(editor, town, address):
    said = {"municipality": town.pk, "feed_url": address, "rule": "at_once", "passed_on": "usual"}
    assert editor.post(f"{SOURCES}new/", said).status_code in (200, 422)
    assert not RemoteSource.objects.exists()


def test_another_address_is_read_from_its_start(editor, source):
    later = timezone.now() + timezone.timedelta(hours=5)
    RemoteSource.objects.update(etag="1", body_hash="2", trouble="slow", failures=3, next_due_at=later)
    said = {"feed_url": source.feed_url, "name": "Drugo ime", "rule": "at_once", "passed_on": "usual"}
    assert editor.post(f"{SOURCES}edit/{source.pk}/", said).status_code == 302
    source.refresh_from_db()
    assert (source.name, source.etag, source.failures) == ("Drugo ime", "1", 3)
    said["feed_url"] = "https://novi.example.org/"
    assert editor.post(f"{SOURCES}edit/{source.pk}/", said).status_code == 302
    source.refresh_from_db()
    assert (source.etag, source.body_hash, source.trouble, source.failures) == ("", "", "", 0)
    assert source.next_due_at < later


def test_with_other_words_all_is_read_once_more(editor, source):
    """Also where the feed stays as it is."""
    later = timezone.now() + timezone.timedelta(hours=5)
    RemoteSource.objects.update(words="most", etag="1", body_hash="2", entry_hashes="3", next_due_at=later)
    said = {"feed_url": source.feed_url, "rule": "at_once", "passed_on": "usual", "words": "most, put"}
    assert editor.post(f"{SOURCES}edit/{source.pk}/", said).status_code == 302
    source.refresh_from_db()
    assert (source.words, source.etag, source.body_hash, source.entry_hashes) == ("most, put", "", "", "")
    assert source.next_due_at < later


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"trouble": Trouble.SLOW}, "The server took too long to answer. Next try:"),
        ({"state": "asks", "trouble": Trouble.GONE}, "gone for good. Resume it to try again, or delete it."),
        (
            {"state": "asks", "proposed_url": "https://novi.example.org/"},
            "moved to https://novi.example.org/",
        ),
        ({"state": "paused"}, "Paused: nothing new is read."),
        ({"takes_new": False}, "only corrections and withdrawals are read. It will be read"),
        ({"last_checked_at": timezone.now()}, "All is well. Next time:"),
        ({"unusable": {"empty": 2}}, "2 entries were left out, because each has neither a title nor a text."),
        ({"unusable": {"ours": 1}}, "1 entry was left out, because it is your own news, which came back."),
    ],
)
def test_the_page_of_a_source_says_how_it_goes(editor, source, fields, sentence):
    RemoteSource.objects.update(**fields)
    assert sentence in shown(editor.get(f"{SOURCES}edit/{source.pk}/"))


def test_what_a_source_asks_is_answered_on_its_page_and_told_on_the_home(town, source):
    keeper = logged_in(town, *RIGHTS, MARK)
    asks = "1 source of news needs your decision"
    assert asks not in shown(keeper.get("/admin/"))
    RemoteSource.objects.update(state="asks", proposed_url="https://novi.example.org/")
    page = shown(keeper.get(f"{SOURCES}edit/{source.pk}/"))
    for action, offered in (("follow", True), ("stay", True), ("resume", False)):
        assert (escape(bulk("remotesource", action, source.pk)) in page) is offered, action
    assert asks in shown(keeper.get("/admin/")) and asks not in shown(logged_in(town, MARK).get("/admin/"))


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("pause", {}, {"state": "paused"}),
        ("resume", {"state": "paused"}, {"state": "active"}),
        ("resume", {"takes_new": False}, {"takes_new": True}),
        ("read_now", {"body_hash": "1"}, {"body_hash": "", "state": "active"}),
        (
            "follow",
            {"state": "asks", "proposed_url": "https://n.example.org/"},
            {"feed_url": "https://n.example.org/"},
        ),
        (
            "stay",
            {"state": "asks", "proposed_url": "https://n.example.org/"},
            {"proposed_url": "", "state": "active"},
        ),
    ],
)
def test_sources_are_decided_about(editor, source, action, before, after):
    RemoteSource.objects.filter(pk=source.pk).update(**before)
    url = bulk("remotesource", action, source.pk)
    assert url.replace("&", "&amp;") in shown(editor.get(SOURCES))
    assert "Općina Drugi" in shown(editor.get(url))
    source.refresh_from_db()
    assert all(getattr(source, name) == value for name, value in before.items())
    assert editor.post(url).status_code == 302
    source.refresh_from_db()
    assert {name: getattr(source, name) for name in after} == after
    assert (
        MunicipalityLogEntry.objects.filter(user__isnull=False, municipality=source.municipality).count() == 1
    )


def test_news_is_shown_and_hidden_one_and_many(editor, source, town):
    items = [a_remote_item(source, number, state="waiting") for number in (1, 2, 3)]
    page = shown(editor.get(f"{ITEMS}?state=waiting"))
    assert all(item.title in page for item in items)
    editor.post(bulk("remoteitem", "show", items[0].pk, items[1].pk))
    assert set(RemoteItem.objects.for_readers(town)) == set(items[:2])
    editor.post(bulk("remoteitem", "hide", items[0].pk))
    assert set(RemoteItem.objects.for_readers(town)) == {items[1]}
    editor.post(bulk("remoteitem", "show", "all") + "&state=waiting")
    assert set(RemoteItem.objects.for_readers(town)) == set(items[1:])


def test_one_piece_of_news_is_read_before_it_is_shown(editor, source, town):
    item = a_remote_item(source, state="waiting", html="<p>Most je <b>otvoren</b>.</p>")
    url = f"{ITEMS}edit/{item.pk}/"
    page = shown(editor.get(url))
    assert "<p>Most je <b>otvoren</b>.</p>" in page and item.url in page
    RemoteItem.objects.update(title="Novi naslov")
    assert editor.post(url, {"state": "shown", "title": "Zlo"}).status_code == 302
    assert RemoteItem.objects.for_readers(town).get().title == "Novi naslov"
    assert editor.post(url, {"state": "withdrawn"}).status_code in (200, 422)
    assert RemoteItem.objects.get().state == RemoteState.SHOWN
    RemoteItem.objects.update(state="withdrawn")
    editor.post(url, {"state": "shown"})
    assert RemoteItem.objects.get().state == RemoteState.WITHDRAWN


def test_nobody_writes_or_deletes_other_peoples_news(editor, source):
    item = a_remote_item(source)
    for view in ("new/", f"delete/{item.pk}/", f"usage/{item.pk}/"):
        assert editor.get(f"{ITEMS}{view}").status_code == 404


def upload(client, town, content=LIST, rule="at_once"):
    file = SimpleUploadedFile("popis.opml", content)
    return client.post(f"{SOURCES}list/", {"municipality": town.pk, "file": file, "rule": rule}, follow=True)


def test_a_list_of_feeds_is_uploaded(editor, town):
    assert "list/" in shown(editor.get(SOURCES))
    form = shown(editor.get(f"{SOURCES}list/"))
    assert "Upload a list of feeds" in form and "List of feeds" in form and "Their news is shown" in form
    assert "2 new sources." in shown(upload(editor, town))
    assert "0 new sources." in shown(upload(editor, town))
    assert {source.rule for source in RemoteSource.objects.all()} == {"at_once"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (rss(), "This is no list of feeds in the format OPML."),
        (b"<opml><body/></opml>", "There is no feed in this list."),
        (b" " * 1_100_000, "The file is larger than 1 MB."),
    ],
)
def test_what_is_no_list_is_said_so(editor, town, content, sentence):
    assert sentence in shown(upload(editor, town, content))
    assert not RemoteSource.objects.exists()


def test_whoever_may_not_add_uploads_nothing(town):
    looker = logged_in(town, "diaspora_syndication.change_remotesource")
    assert looker.get(f"{SOURCES}list/").status_code == 302
    upload(looker, town)
    other = a_town("treci.example.org")
    stranger = logged_in(other, *RIGHTS)
    upload(stranger, town)
    assert not RemoteSource.objects.exists()


@pytest.mark.parametrize("action", ["show", "hide"])
def test_news_of_another_municipality_is_not_moderated(source, action):
    state = "waiting" if action == "show" else "shown"
    item = a_remote_item(source, state=state)
    stranger = logged_in(a_town("treci.example.org"), "diaspora_syndication.change_remoteitem")
    for key in (item.pk, "all"):
        stranger.post(bulk("remoteitem", action, key))
    nothing = logged_in(source.municipality, "diaspora_syndication.change_item")
    nothing.post(bulk("remoteitem", action, item.pk))
    Client().post(bulk("remoteitem", action, item.pk))
    assert RemoteItem.objects.get().state == state


@pytest.mark.parametrize("address", [ITEMS, SOURCES])
def test_listings_do_not_ask_more_for_more(town, address):
    editor = logged_in(town, *RIGHTS, "diaspora_syndication.change_remoteitem")
    counts = []
    for number in range(1, 4):
        a_remote_item(a_source(town, f"https://{number}.example.org/"), number)
        editor.get(address)
        with CaptureQueriesContext(connection) as asked:
            shown(editor.get(address))
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_user_without_rights_sees_no_menu(town):
    assert user_with(municipality=town).is_active
    page = logged_in(town, "diaspora_syndication.change_item").get("/admin/")
    assert "diaspora_remote" not in page.content.decode()
