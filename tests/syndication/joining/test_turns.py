"""Whose turn it is to tell a newsroom, a municipality's or its hub's, when turns change; over real HTTP."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.joining import a_member
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
from tests.syndication.newsdesk import a_told_item, let_delay_pass, lines, tell
from wagtail_diaspora.syndication.actions import (
    invitations,
    marking,
    members,
    membership,
    membership_rounds,
    moderating,
    rounds,
)
from wagtail_diaspora.syndication.actions.senders import mailbox_digest
from wagtail_diaspora.syndication.models import Channel, Member, Membership, RemoteItem, RemoteSource, turns

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_to_loopback")]


def test_a_website_that_hears_the_yes_first_waits_for_the_hubs_commit(hub, town, monkeypatch):
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


def test_what_was_told_before_it_was_noted_is_sent_by_whoever_it_was_then(hub, town, both, smtp):
    """Between comparing and noting, both sides agree anew: by the clock's order, in one tick."""
    an_item(town, a_story(town, "Između"))
    rounds.publish()
    second_passes()
    joined(hub, town)
    rounds.tell()
    let_delay_pass()
    everybody_tells()
    assert len(mails_about(smtp, "Između")) == 1


def test_what_is_told_while_they_agree_is_sent_once(hub, town, both, smtp, monkeypatch):
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


def test_many_at_once_are_stamped_ahead_and_still_sent_once(hub, town, both, smtp):
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


def test_what_waited_for_a_look_is_told_by_whose_turn_it_was(hub, town, both, smtp):
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


def test_what_comes_back_is_told_by_whose_turn_it_is_now(hub, town, both, smtp):
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
def test_a_restored_backup_agrees_anew(hub, town, both, smtp, forgot):
    joined(hub, town)
    if forgot == "hub":
        Member.objects.update(own=[])
    else:
        Membership.objects.update(told=[], etag="")
    call_now()
    a_told_item(town, "Nova vijest")
    everybody_tells()
    assert lines(partner=both[0]) == [] and lines(partner=both[1]) == [("new", 1, "sent")]


def test_an_answer_that_was_lost_changes_nothing_twice(hub, town, both, monkeypatch):
    _member, row = joined(hub, town)
    membership.hand_over(row, False, user=None)
    monkeypatch.setattr(membership_rounds, "_take_note", lambda *args: None)
    call_now()
    noted = Member.objects.get().own
    assert turns.last(noted) == [mailbox_digest(RADIO)]
    call_now()
    assert Member.objects.get().own == noted == Membership.objects.get().told


def test_a_town_whose_clock_is_ahead_is_believed(hub, town, both, smtp):
    """Of its stamps, by which both decide; shown to readers is the hub's own time."""
    ahead = timezone.now() + timedelta(minutes=5)
    Channel.objects.create(municipality=town, language="bs", changed_at=ahead)
    joined(hub, town)
    a_told_item(town, "Sutrašnja vijest")
    everybody_tells(2)
    assert lines(partner=both[0]) == [] and lines(partner=both[1]) == [("new", 1, "sent")]
    assert RemoteItem.objects.get().updated_at < timezone.now() < ahead < RemoteItem.objects.get().news_at


def test_a_feed_that_the_hub_cannot_read_is_the_towns_turn(hub, town, both, smtp):
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
