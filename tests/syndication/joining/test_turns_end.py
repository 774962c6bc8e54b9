"""Whose turn it is after a municipality has left, and which of its feeds decides."""

import pytest
from django.utils import timezone

from tests.factories.syndication import a_partner, a_story, an_item
from tests.syndication.joining.both_sides import (
    RADIO,
    call_now,
    clock,
    everybody_tells,
    joined,
    mails_about,
    read_town,
    second_passes,
    states,
)
from tests.syndication.newsdesk import a_told_item, lines, tell, tell_and_send
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.syndication.actions import (
    catching_up,
    joining,
    marking,
    membership,
    membership_rounds,
    moderating,
    parting,
)
from wagtail_diaspora.syndication.models import Delivery, Member, Membership, RemoteItem, RemoteSource

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_to_loopback")]


def end(who, member, row):
    if who == "town":
        membership.leave(row, user=None)
    else:
        joining.remove(member, user=None)


def test_what_the_hub_had_waiting_is_not_sent_by_both_when_the_town_leaves(hub, town, both, smtp):
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
def test_what_the_hub_had_not_read_is_told_by_the_town_after_the_end(hub, town, both, smtp, who):
    member, row = joined(hub, town)
    a_told_item(town, "Pročitana")
    everybody_tells()
    a_told_item(town, "Nepročitana")
    assert lines(partner=both[0]) == []
    end(who, member, row)
    clock()
    tell_and_send()
    assert states() == ("left", "left")
    assert [line.title for line in Delivery.objects.filter(partner=both[0])] == ["Nepročitana"]
    assert [line.title for line in Delivery.objects.filter(partner=both[1])] == ["Pročitana"]
    clock()
    tell_and_send()
    assert len(mails_about(smtp, "očitana")) == 2


def test_the_feed_by_which_it_joined_decides_before_one_read_earlier(hub, town, both, smtp):
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


@pytest.mark.parametrize("who", ["town", "hub"])
def test_who_got_it_through_the_hub_hears_what_becomes_of_it_after_the_end(hub, town, both, smtp, who):
    member, row = joined(hub, town)
    right, wrong = a_told_item(town, "Most je otvoren"), a_told_item(town, "Put je otvoren")
    everybody_tells()
    assert lines(partner=both[0]) == []
    end(who, member, row)
    clock()
    marking.correct(right, note="Otvoren je u utorak.", user=None)
    marking.withdraw(wrong, note="Put nije otvoren.", user=None)
    a_told_item(town, "Nova vijest")
    everybody_tells()
    everybody_tells()
    told = Delivery.objects.order_by("edition__published_at", "version").values_list("title", "kind")
    assert list(told.filter(partner=both[0])) == [("Nova vijest", "new")]
    assert list(told.filter(partner=both[1], kind="corrected")) == [("Most je otvoren", "corrected")]
    assert list(told.filter(partner=both[1], kind="withdrawn")) == [("Put je otvoren", "withdrawn")]
    assert len(mails_about(smtp, "Nova vijest")) == 1 and not RemoteItem.objects.filter(title="Nova vijest")


def test_what_is_withdrawn_after_the_end_does_not_come_back_through_the_hub(hub, town, both):
    _member, row = joined(hub, town)
    item = a_told_item(town, "Put je otvoren")
    everybody_tells()
    membership.leave(row, user=None)
    clock()
    marking.withdraw(item, note="Put nije otvoren.", user=None)
    everybody_tells()
    marking.mark(item.editions.get().page, municipality=town, user=None)
    everybody_tells(2)
    assert [kind for kind, _version, _state in lines(partner=both[1])] == ["new", "withdrawn"]
    assert [kind for kind, _version, _state in lines(partner=both[0])] == ["new"]


def test_what_came_meanwhile_is_taken_over_when_it_joins_again(hub, town):
    member, row = joined(hub, town)
    membership.leave(row, user=None)
    clock()
    a_told_item(town, "Meanwhile")
    read_town()
    assert not RemoteItem.objects.exists()
    membership.join(town, f"{hub.root_url}/diaspora/join/{hub.code}/", user=None)
    clock()
    joining.accept(member, rule="at_once", user=None)
    clock()
    read_town()
    assert RemoteItem.objects.get().title == "Meanwhile"


def test_what_the_hub_had_not_read_is_told_by_the_town_when_it_is_paused(hub, town, both, smtp):
    """Also what is published before the town knows of it; read again, the hub leaves that alone."""
    member, row = joined(hub, town)
    a_told_item(town, "Pročitana")
    everybody_tells()
    moderating.pause([member.source], user=None)
    a_told_item(town, "Nepročitana")
    assert lines(partner=both[0]) == []
    call_now()
    tell_and_send()
    assert len(mails_about(smtp, "Nepročitana")) == 1
    moderating.resume([member.source], user=None)
    RemoteSource.objects.update(starts_anew=False)
    second_passes()
    call_now()
    a_told_item(town, "Opet predana")
    everybody_tells(2)
    assert len(mails_about(smtp, "očitana")) == 2 and len(mails_about(smtp, "Opet predana")) == 1
    assert Delivery.objects.get(title="Opet predana").partner == both[1]


@pytest.mark.parametrize("first", ["town", "hub"])
def test_what_the_hub_had_told_nobody_is_told_by_the_town_when_its_source_is_deleted(
    hub, town, both, smtp, first
):
    """Not read yet, read and not looked at, and waiting for its minutes or for a morning."""
    member, row = joined(hub, town)
    a_told_item(town, "Poslana")
    everybody_tells()
    daily = a_partner(hub, email="dnevno@radio.example.com", pace="daily")
    a_partner(town, email=daily.email)
    call_now()
    RemoteSource.objects.update(rule="after_a_look")
    a_told_item(town, "Nepregledana")
    read_town()
    RemoteSource.objects.update(rule="at_once")
    an_item(town, a_story(town, "Poslije"))
    tell()
    read_town()
    tell()
    call_now()
    assert [line.title for line in Delivery.objects.waiting()] == ["Poslije", "Poslije"]
    an_item(town, a_story(town, "Neotvorena"))
    tell()
    RemoteSource.objects.get().delete()
    if first == "town":
        Membership.objects.update(due_at=timezone.now())
        membership_rounds.call_hubs()
    clock()
    tell_and_send()
    everybody_tells()
    assert states() == ("left", "left")
    words = ["Neotvorena", "Nepregledana", "Poslana", "Poslije"]
    told = Delivery.objects.filter(kind="new").exclude(state="cancelled").order_by("title")
    to_radio, later = told.filter(partner__email=RADIO), told.filter(partner__email=daily.email)
    assert list(to_radio.values_list("title", "state")) == [(one, "sent") for one in words]
    assert list(later.values_list("title", flat=True)) == [one for one in words if one != "Poslana"]
    assert sum(len(mails_about(smtp, one)) for one in words) == len(words) + 1  # one was withdrawn


def test_whose_source_is_deleted_while_it_asks_again_is_not_told_old_things_at_the_end(hub, town, both):
    """It was left, asks, is let in, and much later removed: nothing is left of the first time."""
    member, row = joined(hub, town)
    a_told_item(town, "Poslana")
    everybody_tells()
    membership.leave(row, user=None)
    clock()
    membership.join(town, f"{hub.root_url}/diaspora/join/{hub.code}/", user=None)
    clock()
    RemoteSource.objects.get().delete()
    member.refresh_from_db()
    assert (member.state, member.parting) == ("asks", {})
    joining.accept(member, rule="at_once", user=None)
    clock()
    member.refresh_from_db()
    assert states() == ("joined", "member") and member.parting == {}


@pytest.mark.usefixtures("english")
def test_what_waits_of_whoever_left_is_lost_with_its_source_and_the_page_says_so(hub, town, both):
    member, row = joined(hub, town)
    an_item(town, a_story(town, "Jutarnja"))
    tell()
    read_town()
    tell()
    source = RemoteSource.objects.get()
    assert lines(partner=both[1]) == [("new", 1, "waiting")] and parting.lost_with(source) == 0
    joining.remove(member, keep_reading=True, user=None)
    clock()
    rights = [f"diaspora_syndication.{verb}_remotesource" for verb in ("change", "delete")]
    page = logged_in(hub, *rights).get(f"/admin/diaspora_remote_source/delete/{source.pk}/").content.decode()
    assert parting.lost_with(source) == 1 and "1 delivery of its news still waits." in page
    source.delete()
    assert lines(partner=both[1]) == [("new", 1, "waiting")]  # until the round withdraws what it told of
    tell()
    assert lines(partner=both[1]) == [("new", 1, "cancelled")]


def test_all_that_waited_is_told_by_the_town_however_much_it_is(hub, town, both, monkeypatch):
    """Said once for all newsrooms for which the same waited; a portion is no bound."""
    monkeypatch.setattr(catching_up, "AT_MOST", 2)
    _member, row = joined(hub, town)
    other = a_partner(hub, email="drugi@radio.example.com")
    a_partner(town, email=other.email)
    call_now()
    for number in range(3):
        an_item(town, a_story(town, f"Vijest {number}"))
    tell()
    read_town()
    tell()
    call_now()
    RemoteSource.objects.get().delete()
    member = Member.objects.get()
    _rest, [newsrooms, items] = member.parting["untold"]
    assert (len(newsrooms), len(items)) == (2, 3)
    clock()
    assert lines(partner=both[0]) == [("new", 1, "waiting")] * 3
