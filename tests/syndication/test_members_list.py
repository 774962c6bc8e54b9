"""Many municipalities at one hub: found, looked over and decided about in their lists."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.joining import a_member
from tests.factories.remote import a_source
from tests.factories.syndication import a_town
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.syndication.models import Member, RemoteSource
from wagtail_diaspora.syndication.setup import MARK, MEMBERS, SOURCES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
NOW = timezone.now()
LISTS = {Member: "/admin/diaspora_member/", RemoteSource: "/admin/diaspora_remote_source/"}
HOW = {
    "failing": {"trouble": "slow", "failures": 4},
    "asks": {"state": "asks", "proposed_url": "https://n.example.org/", "last_changed_at": NOW},
    "silent": {"last_changed_at": NOW - timedelta(days=31)},
    "new": {"last_checked_at": None},
    "paused": {"state": "paused"},
    "well": {"last_changed_at": NOW - timedelta(days=3)},
}


@pytest.fixture
def keeper(hub):
    return logged_in(hub, *MEMBERS, *SOURCES, MARK)


def a_joined(hub, name, **fields):
    url = f"https://{name}.example.org/feed"
    source = a_source(hub, url, **{"name": f"Grad {name}", "last_checked_at": NOW, **fields})
    return a_member(hub, name=f"Grad {name}", state="joined", source=source, confirmed_at=NOW)


def names(client, where, query=""):
    answer = client.get(f"{where}{query}")
    assert answer.status_code == 200
    return {row.name.removeprefix("Grad ") for row in answer.context["object_list"]}


@pytest.mark.parametrize("model", LISTS)
def test_who_is_silent_failing_or_waiting_is_found_and_named(keeper, hub, model):
    for name, fields in HOW.items():
        a_joined(hub, name, **fields)
    for how in HOW.keys() - {"well"}:
        assert names(keeper, LISTS[model], f"?going={how}") == {how}
    assert names(keeper, LISTS[model], "?q=SILENT") == {"silent"}
    assert "The server took too long to answer." in keeper.get(LISTS[model]).content.decode()


def test_the_home_panel_names_what_cannot_be_read_and_asks_for_a_decision(hub, keeper):
    looker = logged_in(hub, MARK)
    a_joined(hub, "shortly", trouble="slow", failures=2)
    assert "cannot be read" not in keeper.get("/admin/").content.decode()
    for name in ("failing", "asks"):
        a_joined(hub, name, **HOW[name])
    words = keeper.get("/admin/").content.decode()
    assert "1 source of news cannot be read" in words and "1 source of news needs your decision" in words
    assert "source of news" not in looker.get("/admin/").content.decode()


def test_members_with_whom_one_cannot_speak_are_failing_too(keeper, hub):
    a_member(hub, name="Grad stranac", state="joined", trouble="stranger", failures=1)
    assert names(keeper, LISTS[Member], "?going=failing") == {"stranac"}
    assert "Their website does not confirm that it asked." in keeper.get(LISTS[Member]).content.decode()


def test_the_longest_silent_stand_first_when_sorted_by_their_last_news(keeper, hub):
    for days in (3, 90, 40):
        a_joined(hub, str(days), last_changed_at=NOW - timedelta(days=days))
    rows = keeper.get(f"{LISTS[Member]}?ordering=source__last_changed_at").context["object_list"]
    assert [row.name for row in rows] == ["Grad 90", "Grad 40", "Grad 3"]


def test_the_members_list_costs_the_same_for_one_and_three(keeper, hub):
    costs = []
    for name in ("a", "b", "c"):
        a_joined(hub, name, trouble="slow")
        keeper.get(LISTS[Member])
        with CaptureQueriesContext(connection) as asked:
            keeper.get(LISTS[Member])
        costs.append(len(asked))
    assert costs[0] == costs[2]


def decide(client, action, query="id=all"):
    where = reverse("wagtail_bulk_action", args=["diaspora_syndication", "member", action])
    return client.post(f"{where}?{query}&next={LISTS[Member]}", follow=True)


@pytest.mark.parametrize(
    ("action", "before", "after", "logged"),
    [
        ("accept", "asks", "joined", "member_accepted"),
        ("refuse", "asks", "refused", "member_refused"),
        ("invite_again", "invited", "invited", "member_invited"),
        ("remove", "joined", "left", "member_removed"),
    ],
)
def test_many_are_decided_about_at_once(keeper, hub, action, before, after, logged):
    of_others = a_member(a_town("treci.example.org", kind="network", entity="", code="x"), state=before)
    site = {"site_url": "https://grad.example.org"}
    chosen = [a_member(hub, state=before, invited_at=NOW, **more) for more in (site, {})]
    others = [a_member(hub, state=state) for state in ("asks", "invited", "joined") if state != before]
    where = reverse("wagtail_bulk_action", args=["diaspora_syndication", "member", action])
    assert "https://grad.example.org" in keeper.get(f"{where}?id=all").content.decode()
    assert "2 members of the hub were changed." in decide(keeper, action).content.decode()
    assert {Member.objects.get(pk=row.pk).state for row in chosen} == {after}
    assert all(Member.objects.get(pk=row.pk).state == row.state for row in (*others, of_others))
    entries = MunicipalityLogEntry.objects.filter(action=f"diaspora_syndication.{logged}")
    assert entries.filter(user__isnull=False).count() == 2


def test_all_members_are_those_that_the_search_left(keeper, hub):
    for name in ("Grad Prvi", "Grad Drugi"):
        a_member(hub, name=name, state="asks")
    decide(keeper, "refuse", "id=all&q=prvi")
    assert set(Member.objects.filter(state="refused").values_list("name", flat=True)) == {"Grad Prvi"}


@pytest.mark.parametrize("action", ["accept", "refuse", "invite_again", "remove"])
def test_whoever_may_not_decides_about_none(hub, action):
    before = {"accept": "asks", "refuse": "asks", "invite_again": "invited", "remove": "joined"}[action]
    member = a_member(hub, state=before, invited_at=NOW)
    stranger = logged_in(a_town("treci.example.org", kind="network", entity="", code="x"), *MEMBERS)
    for client in (stranger, logged_in(hub, MARK, *SOURCES)):
        for key in (member.pk, "all", "no-key"):
            decide(client, action, f"id={key}")
    member.refresh_from_db()
    assert (member.state, member.invited_at) == (before, NOW)
