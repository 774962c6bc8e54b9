"""Whose turn it is to tell a newsroom, a municipality's or its hub's, when turns change; over real HTTP."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.joining import a_member
from tests.factories.syndication import a_partner, a_story, an_item
from tests.syndication.newsdesk import a_told_item, let_delay_pass, lines, tell, tell_and_send
from tests.syndication.test_joining import (  # noqa: F401
    RADIO,
    call_now,
    chain,
    clock,
    hub,
    joined,
    mails_about,
    open_to_loopback,
    read_town,
    second_passes,
    states,
    town,
)
from wagtail_diaspora.syndication.actions import (
    catching_up,
    invitations,
    joining,
    marking,
    members,
    membership,
    membership_rounds,
    moderating,
    receiving,
    rounds,
)
from wagtail_diaspora.syndication.actions.senders import mailbox_digest
from wagtail_diaspora.syndication.models import (
    Channel,
    Delivery,
    Edition,
    HubLine,
    Member,
    Membership,
    RemoteItem,
    RemoteSource,
    turns,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_to_loopback")]


@pytest.fixture
def both(hub, town):  # noqa: F811
    """The radio station is a partner of both."""
    return a_partner(town, email=RADIO), a_partner(hub, email=RADIO)


def everybody_tells(rounds=1):
    for _round in range(rounds):
        read_town()
        tell_and_send()


# Joining


def test_a_website_that_hears_the_yes_first_waits_for_the_hubs_commit(hub, town, monkeypatch):  # noqa: F811
    """The hub was killed between the two: the token is known there, and not yet confirmed."""
    membership.join(town, invitations.show_code(a_member(hub, invited_at=timezone.now())), user=None)
    membership_rounds.call_hubs()
    with monkeypatch.context() as killed:
        killed.setattr(members, "_confirmed", lambda member: None)
        members.call_members()
    membership_rounds.call_hubs()
    assert (Membership.objects.get().state, Membership.objects.get().trouble) == ("member", "busy")
    Member.objects.update(due_at=timezone.now())
    members.call_members()
    call_now()
    assert states() == ("joined", "member") and Membership.objects.get().trouble == ""


# Changing turns


def test_what_was_told_before_it_was_noted_is_sent_by_whoever_it_was_then(hub, town, both, smtp):  # noqa: F811
    """Between comparing and noting, both sides agree anew: by the clock's order, in one tick."""
    an_item(town, a_story(town, "Između"))
    rounds.publish()
    second_passes()
    joined(hub, town)
    rounds.tell()
    let_delay_pass()
    everybody_tells()
    assert len(mails_about(smtp, "Između")) == 1


def test_what_is_told_while_they_agree_is_sent_once(hub, town, both, smtp, monkeypatch):  # noqa: F811
    said = members.note_own

    def note_own(*args, **kwargs):
        noted = said(*args, **kwargs)
        an_item(town, a_story(town, "Za to vrijeme"))
        tell()
        return noted

    monkeypatch.setattr(members, "note_own", note_own)
    joined(hub, town)
    everybody_tells(2)
    assert len(mails_about(smtp, "Za to vrijeme")) == 1


def test_many_at_once_are_stamped_ahead_and_still_sent_once(hub, town, both, smtp):  # noqa: F811
    """A channel's stamps rise by a second each, so the last ones lie in the future."""
    for number in range(4):
        an_item(town, a_story(town, f"Vijest {number}"))
    tell()
    joined(hub, town)
    everybody_tells(2)
    assert len(mails_about(smtp, "Vijest")) == 4
    _row = membership.hand_over(Membership.objects.get(), False, user=None)
    an_item(town, a_story(town, "Poslije"))
    tell()
    clock()
    everybody_tells(2)
    assert len(mails_about(smtp, "Poslije")) == 1


def test_what_waited_for_a_look_is_told_by_whose_turn_it_was(hub, town, both, smtp):  # noqa: F811
    """However often the newsrooms of the town have changed since, and what was mended in it."""
    old = a_told_item(town, "Stara vijest")
    joined(hub, town)
    RemoteSource.objects.update(rule="after_a_look")
    read_town()
    a_partner(town, email="nova@example.com")
    call_now()
    page = old.editions.get().page.specific
    page.content = "<p>Ispravljena slovna pogreška.</p>"
    page.save_revision().publish()
    tell()
    read_town()
    assert moderating.show(RemoteItem.objects.all(), user=None) == 1
    everybody_tells()
    assert lines(partner=both[1]) == [] and len(mails_about(smtp, "Stara vijest")) == 1


def test_what_comes_back_is_told_by_whose_turn_it_is_now(hub, town, both, smtp):  # noqa: F811
    item = a_told_item(town, "Most")
    joined(hub, town)
    marking.withdraw(item, note="Greška.", user=None)
    tell()
    everybody_tells()
    marking.mark(item.editions.get().page.specific, municipality=town, user=None)
    tell()
    everybody_tells()
    assert lines(partner=both[0]) == [("new", 1, "sent"), ("withdrawn", 2, "sent")]
    assert [(kind, state) for kind, _version, state in lines(partner=both[1])] == [("new", "sent")]


@pytest.mark.parametrize("forgot", ["hub", "town"])
def test_a_restored_backup_agrees_anew(hub, town, both, smtp, forgot):  # noqa: F811
    joined(hub, town)
    if forgot == "hub":
        Member.objects.update(own=[])
    else:
        Membership.objects.update(told=[], etag="")
    call_now()
    a_told_item(town, "Nova vijest")
    everybody_tells()
    assert lines(partner=both[0]) == [] and lines(partner=both[1]) == [("new", 1, "sent")]


def test_an_answer_that_was_lost_changes_nothing_twice(hub, town, both, monkeypatch):  # noqa: F811
    _member, row = joined(hub, town)
    membership.hand_over(row, False, user=None)
    monkeypatch.setattr(membership_rounds, "_take_note", lambda *args: None)
    call_now()
    noted = Member.objects.get().own
    assert turns.last(noted) == [mailbox_digest(RADIO)]
    call_now()
    assert Member.objects.get().own == noted == Membership.objects.get().told


def test_a_town_whose_clock_is_ahead_is_believed(hub, town, both, smtp):  # noqa: F811
    """Of its stamps, by which both decide; shown to readers is the hub's own time."""
    ahead = timezone.now() + timedelta(minutes=5)
    Channel.objects.create(municipality=town, language="bs", changed_at=ahead)
    joined(hub, town)
    a_told_item(town, "Sutrašnja vijest")
    everybody_tells(2)
    assert lines(partner=both[0]) == [] and lines(partner=both[1]) == [("new", 1, "sent")]
    assert RemoteItem.objects.get().updated_at < timezone.now() < ahead < RemoteItem.objects.get().news_at


def test_a_feed_that_the_hub_cannot_read_is_the_towns_turn(hub, town, both, smtp):  # noqa: F811
    joined(hub, town)
    RemoteSource.objects.update(failures=3, trouble="server", next_due_at=timezone.now() + timedelta(hours=1))
    call_now()
    a_told_item(town, "Za to vrijeme")
    everybody_tells()
    call_now()
    a_told_item(town, "Poslije")
    everybody_tells()
    assert lines(partner=both[0]) == [("new", 1, "sent")]
    assert lines(partner=both[1]) == [("new", 1, "sent")]


# Leaving


def test_what_the_hub_had_waiting_is_not_sent_by_both_when_the_town_leaves(hub, town, both, smtp):  # noqa: F811
    _member, row = joined(hub, town)
    membership.leave(row, user=None)
    an_item(town, a_story(town, "Poslije odlaska"))
    tell()
    read_town()
    tell()
    assert lines(partner=both[1]) == [("new", 1, "waiting")] == lines(partner=both[0])
    clock()
    tell_and_send()
    assert lines(partner=both[1]) == [("new", 1, "cancelled")] and len(mails_about(smtp, "odlaska")) == 1


@pytest.mark.parametrize("who", ["town", "hub"])
def test_what_the_hub_had_not_read_is_told_by_the_town_after_the_end(hub, town, both, smtp, who):  # noqa: F811
    member, row = joined(hub, town)
    a_told_item(town, "Pročitana")
    everybody_tells()
    a_told_item(town, "Nepročitana")
    assert lines(partner=both[0]) == []
    if who == "town":
        membership.leave(row, user=None)
    else:
        joining.remove(member, user=None)
    clock()
    tell_and_send()
    assert states() == ("left", "left")
    assert [line.title for line in Delivery.objects.filter(partner=both[0])] == ["Nepročitana"]
    assert [line.title for line in Delivery.objects.filter(partner=both[1])] == ["Pročitana"]
    clock()
    tell_and_send()
    assert len(mails_about(smtp, "očitana")) == 2


# Two feeds of one municipality


def test_the_feed_by_which_it_joined_decides_before_one_read_earlier(hub, town, both, smtp):  # noqa: F811
    """The hub has read its RSS for years, when its website joins."""
    rss = f"{town.root_url}/diaspora/feeds/primjer/bs/all/rss.xml"
    RemoteSource.objects.create(municipality=hub, feed_url=rss, rule="at_once")
    a_told_item(town, "Stara vijest")
    read_town()
    _member, row = joined(hub, town)
    membership.hand_over(row, False, user=None)
    clock()
    RemoteSource.objects.filter(feed_url=rss).update(starts_anew=False)
    a_told_item(town, "Nova vijest")
    everybody_tells(2)
    assert lines(partner=both[1]) == [] and len(mails_about(smtp, "Nova vijest")) == 1


# The lines


def test_a_line_keeps_its_name_when_keys_are_given_anew(hub, town, smtp):  # noqa: F811
    a_partner(hub, email=RADIO)
    _member, row = joined(hub, town)
    a_told_item(town, "Prva")
    everybody_tells()
    call_now()
    first = Delivery.objects.get(title="Prva")
    a_told_item(town, "Druga")
    read_town()
    Delivery.objects.all().delete()  # as a backup from before them has none
    told = Edition.objects.get(item__municipality=hub, content__title="Druga")
    facts = {"edition": told, "version": 1, "number": told.number, "kind": "new", "way": "mail"}
    Delivery.objects.create(pk=first.pk, partner=first.partner, title="Druga", state="waiting", **facts)
    call_now()
    assert sorted(HubLine.objects.values_list("title", "state")) == [("Druga", "waiting"), ("Prva", "sent")]


def test_who_joins_again_sees_each_line_once(hub, town, smtp):  # noqa: F811
    a_partner(hub, email=RADIO)
    joined(hub, town)
    a_told_item(town, "Prva")
    everybody_tells()
    call_now()
    Member.objects.all().delete()
    call_now()
    joined(hub, town)
    call_now()
    assert states() == ("joined", "member") and HubLine.objects.count() == 1


def test_another_day_on_air_is_heard_by_the_town(hub, town, smtp):  # noqa: F811
    a_partner(hub, email=RADIO)
    joined(hub, town)
    a_told_item(town, "Prva")
    everybody_tells()
    today = timezone.localdate()
    for day in (today, today - timedelta(days=1)):
        receiving.air(Delivery.objects.get(partner__municipality=hub), on=day)
        call_now()
    assert HubLine.objects.get().aired_on == today - timedelta(days=1)


def test_earlier_news_that_waits_at_the_hub_is_not_sent_by_the_town_too(hub, town, both, smtp):  # noqa: F811
    before = a_told_item(town, "Prije mreže")
    Delivery.objects.filter(edition__item=before).delete()
    _member, row = joined(hub, town)
    an_item(town, a_story(town, "Čeka u mreži"))
    tell()
    read_town()
    tell()
    call_now()
    an_item(town, a_story(town, "Mreža još ne zna"))
    tell()
    catching_up.ask_to_catch_up(both[0], since=timezone.localdate(), user=None)
    rounds.tell()
    assert [line.title for line in Delivery.objects.filter(partner=both[0])] == ["Prije mreže"]
    membership.hand_over(row, False, user=None)
    catching_up.ask_to_catch_up(both[0], since=timezone.localdate(), user=None)
    rounds.tell()
    told = Delivery.objects.filter(partner=both[0]).order_by("pk").values_list("title", flat=True)
    assert list(told) == ["Prije mreže", "Mreža još ne zna"]


# What nobody can understand


HALF = "\ud800" * 30


def post(where, said, **headers):
    return Client(raise_request_exception=False).post(
        where, json.dumps(said), content_type="application/json", headers=headers
    )


def test_halves_of_characters_are_refused(hub, town):  # noqa: F811
    said = {"name": "Grad", "email": "x@example.org", "nonce": "n" * 40, "site": "https://g.example.org"}
    said |= {name: f"https://g.example.org/{name}" for name in ("feed", "callback")}
    for name in ("name", "nonce", "code", "callback"):
        wrong = {**said, name: said.get(name, "") + HALF}
        assert post(f"/diaspora/join/{hub.code}/", wrong).status_code == 400
    where = f"/diaspora/membership/{Membership(municipality=town).pk}/"
    assert post(where, {"nonce": HALF, "state": "left"}).status_code == 400
    assert not Member.objects.exists()


@pytest.mark.parametrize("since", [None, 5, [], {}, "", "2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_moment_is_refused(hub, town, since):  # noqa: F811
    _member, row = joined(hub, town)
    said = {"newsrooms": [], "since": since, "leave": True}
    answer = post("/diaspora/chain/", said, authorization=f"Bearer {row.token}")
    assert answer.status_code == 400 and states() == ("joined", "member")
    if isinstance(since, str):
        assert chain(row.token, f"{since}~1").status_code == 200
