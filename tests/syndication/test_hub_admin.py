"""The members of a hub in its own admin: invited, asking, removed."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.joining import a_member
from tests.syndication.newsdesk import HOME, shown
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.syndication.actions import joining
from wagtail_diaspora.syndication.models import Member, RemoteSource
from wagtail_diaspora.syndication.setup import LEDGER, MARK, MEMBERS, SOURCES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def keeper(hub):
    return logged_in(hub, *MEMBERS, MARK)


def page_of(member):
    return reverse("diaspora_newsdesk:member", args=[member.pk])


def test_a_municipality_is_invited_by_mail(keeper, hub):
    assert '<option value="bs" selected>' in keeper.get("/admin/diaspora_member/new/").content.decode()
    said = {"municipality": hub.pk, "name": "Grad Drugi", "email": "drugi@example.org", "language": "de"}
    assert keeper.post("/admin/diaspora_member/new/", {**said, "rule": "at_once"}).status_code == 302
    member, mail = Member.objects.get(), Message.objects.get()
    assert (member.state, member.rule, mail.recipient) == ("invited", "at_once", "drugi@example.org")
    assert "/diaspora/invitation/" in mail.payload["text"] and mail.scope == hub.scope
    listed = shown(keeper, "/admin/diaspora_member/")
    assert "Grad Drugi" in listed and "Invite a municipality" in listed
    link = re.search(r"/diaspora/invitation/\S+", mail.payload["text"])[0]
    assert Client().get(link).status_code == 200
    assert keeper.post(page_of(member), {"do": "again"}).status_code == 302
    assert Client().get(link).status_code == 404 and Message.objects.count() == 2
    assert keeper.post(page_of(member), {"do": "withdraw"})["Location"] == "/admin/diaspora_member/"
    assert not Member.objects.exists()


def test_only_a_hub_invites(town):
    client = logged_in(town, *MEMBERS)
    said = {
        "municipality": town.pk,
        "name": "x",
        "email": "x@example.org",
        "language": "de",
        "rule": "at_once",
    }
    assert client.post("/admin/diaspora_member/new/", said).status_code in (200, 422)
    assert not Member.objects.exists()


@pytest.mark.parametrize(("do", "state"), [("accept", "joined"), ("refuse", "refused")])
def test_a_person_says_yes_or_no(keeper, hub, do, state):
    member = a_member(hub, state="asks", site_url="https://grad.example.org")
    words = shown(keeper, HOME)
    assert "1 municipality asks to join the hub" in words
    assert "https://grad.example.org" in shown(keeper, page_of(member))
    assert Member.objects.get().state == "asks"  # looking changed nothing
    assert keeper.post(page_of(member), {"do": do, "rule": "after_a_look"}).status_code == 302
    member.refresh_from_db()
    assert (member.state, member.rule if do == "accept" else "") == (
        state,
        "after_a_look" if do == "accept" else "",
    )
    assert member.due_at <= timezone.now() and Message.objects.count() == 0
    for do_also in ("refuse", "accept"):
        said = {"do": do_also, "rule": "at_once"}
        again = keeper.post(page_of(member), said, follow=True).content.decode()
        assert "Nothing was changed" in again
    member.refresh_from_db()
    assert member.state == state


def test_a_member_is_removed(keeper, hub):
    source = RemoteSource.objects.create(municipality=hub, feed_url="https://grad.example.org/feed")
    facts = {"state": "joined", "source": source, "confirmed_at": timezone.now(), "token_hash": "x"}
    member = a_member(hub, **facts)
    words = shown(keeper, page_of(member))
    assert "Its website speaks with ours" in words and "End the membership" in words
    assert "Go on reading its news" in words
    assert keeper.post(page_of(member), {"do": "remove"}).status_code == 302
    member.refresh_from_db()
    source.refresh_from_db()
    assert (member.state, member.token_hash, source.takes_new) == ("left", "", False)


def test_whoever_may_not_decides_nothing_at_the_hub(town, hub):
    member = a_member(hub, name="Grad Tajni", state="asks")
    for client in (Client(), logged_in(hub, MARK, LEDGER), logged_in(town, *MEMBERS)):
        for url in (page_of(member), "/admin/diaspora_member/", HOME):
            assert "Tajni" not in client.get(url).content.decode()
        for do in ("accept", "refuse", "remove", "withdraw", "again"):
            assert client.post(page_of(member), {"do": do, "rule": "at_once"}).status_code in (302, 404)
    assert Member.objects.get().state == "asks"


def test_requests_are_capped_and_expire(hub, monkeypatch):
    monkeypatch.setattr(joining, "PENDING", 1)
    said = {"name": "Grad", "email": "x@example.org", "nonce": "n" * 40}

    def ask(host):
        at = {name: f"https://{host}/{name}" for name in ("feed", "callback")}
        where = reverse("diaspora_syndication:join", args=[hub.code])
        site = {"site": f"https://{host}", **at}
        return Client().post(where, {**said, **site}, content_type="application/json").status_code

    assert [ask("a.example.org"), ask("a.example.org"), ask("b.example.org")] == [202, 202, 429]
    Member.objects.update(state_at=timezone.now() - timedelta(days=61))
    assert joining.expire() == 1 and ask("b.example.org") == 202


def test_a_forged_request_does_not_take_the_place_of_one_that_waits(hub):
    """Who asks first is called back; the same website may ask again."""
    said = {"name": "Grad", "email": "x@example.org", "site": "https://grad.example.org"}
    said["feed"] = "https://grad.example.org/feed"
    where = reverse("diaspora_syndication:join", args=[hub.code])

    def ask(callback, nonce):
        at = {"callback": f"https://grad.example.org/{callback}", "nonce": nonce * 40}
        return Client().post(where, {**said, **at}, content_type="application/json").status_code

    assert [ask("own", "a"), ask("forged", "f"), ask("own", "b")] == [202, 409, 202]
    member = Member.objects.get()
    assert (member.callback, member.nonce) == ("https://grad.example.org/own", "b" * 40)
    joining.refuse(member, user=None)
    assert ask("new", "n") == 202 and ask("own", "c") == 409
    Member.objects.update(state_at=timezone.now() - timedelta(days=1))
    assert ask("own", "c") == 202


def test_whose_source_is_deleted_is_no_member_any_more_and_the_log_says_so(hub):
    client = logged_in(hub, *MEMBERS, *SOURCES)
    source = RemoteSource.objects.create(municipality=hub, feed_url="https://grad.example.org/feed")
    facts = {"state": "joined", "source": source, "confirmed_at": timezone.now(), "token_hash": "x"}
    member = a_member(hub, nonce="n" * 40, callback="https://grad.example.org/c", **facts)
    assert client.post(f"/admin/diaspora_remote_source/delete/{source.pk}/").status_code == 302
    member.refresh_from_db()
    assert (member.state, member.token_hash, member.source) == ("left", "", None)
    assert member.due_at is not None  # its website is told
    entry = MunicipalityLogEntry.objects.get(action="diaspora_syndication.member_removed")
    assert entry.user is not None and entry.municipality == hub


def test_a_hub_is_deleted_with_its_members(hub):
    source = RemoteSource.objects.create(municipality=hub, feed_url="https://grad.example.org/feed")
    a_member(hub, state="joined", source=source)
    hub.delete()
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"[]",
        b"{",
        b"{}",
        b"x" * 300_000,
        {"site": "https://127.0.0.1"},
        {"feed": "https://other.example.org/feed"},
        {"callback": "http://grad.example.org/c"},
        {"nonce": "short"},
        {"name": ["x"]},
        {"email": "x"},
        {"site": "ftp://grad.example.org"},
    ],
)
def test_what_cannot_be_is_refused(hub, wrong):
    said = {"name": "Grad", "email": "x@example.org", "nonce": "n" * 40, "site": "https://grad.example.org"}
    said |= {"feed": "https://grad.example.org/feed", "callback": "https://grad.example.org/c"}
    body = wrong if isinstance(wrong, bytes) else {**said, **wrong}
    where = reverse("diaspora_syndication:join", args=[hub.code])
    assert Client().post(where, body, content_type="application/json").status_code == 400
    assert not Member.objects.exists()


def test_nobody_joins_what_is_no_hub(town):
    where = reverse("diaspora_syndication:join", args=[town.code])
    assert Client().get(where).status_code == Client().post(where).status_code == 404


def test_the_hubs_own_page_says_what_it_is_and_where_to_ask(hub):
    where = reverse("diaspora_syndication:join", args=[hub.code])
    answer = Client().get(where, headers={"accept-language": "en"})
    address = f"http://mreza.example.org{where}"
    assert address in answer.content.decode() and answer["Link"] == f'<{address}>; rel="diaspora-hub"'


def test_questions_of_one_network_are_limited(hub, settings):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "RATE_LIMITS": {"chain": (1, 3600)}}
    where = reverse("diaspora_syndication:chain")
    assert [Client().get(where).status_code for _turn in range(2)] == [401, 429]
