"""Who tells newsrooms, a municipality or its hub; over real HTTP."""

import pytest
from django.utils import timezone

from tests.factories.syndication import a_partner, a_story, an_item
from tests.syndication.joining.both_sides import (
    RADIO,
    call_now,
    clock,
    joined,
    mails_about,
    read_town,
    second_passes,
)
from tests.syndication.newsdesk import a_told_item, let_delay_pass, lines, tell, tell_and_send
from wagtail_diaspora.syndication.actions import catching_up, marking, membership, moderating
from wagtail_diaspora.syndication.actions.senders import mailbox_digest
from wagtail_diaspora.syndication.models import Delivery, HubLine, Member, Membership, RemoteSource, turns

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_to_loopback")]


def test_a_newsroom_hears_once_across_the_chain(hub, town, smtp):
    """It is a partner of both. Before joining the town sends to it, after that the hub."""
    here, there = a_partner(town, email=RADIO), a_partner(hub, email=RADIO.title())
    own = a_partner(town, email="samo@nasi.example.com")
    old = a_told_item(town, "Stara vijest")
    assert len(mails_about(smtp, "Stara vijest")) == 1
    second_passes()
    joined(hub, town)
    read_town()
    tell_and_send()
    assert lines(partner=there) == []  # what the town told before is not told again
    a_told_item(town, "Nova vijest")
    assert lines(partner=here, title="Nova vijest") == []
    assert lines(partner=own, title="Nova vijest") == [("new", 1, "sent")]
    assert mails_about(smtp, "Nova vijest") == []
    read_town()
    tell_and_send()
    assert lines(partner=there) == [("new", 1, "sent")] and len(mails_about(smtp, "Nova vijest")) == 1
    call_now()
    line = HubLine.objects.get()
    said = (line.newsroom, line.mailbox, line.version, line.state, line.way, line.kind, line.title, line.hub)
    digest = mailbox_digest(RADIO)
    assert said == ("Radio Primjer", digest, 1, "sent", "mail", "new", "Nova vijest", "Mreža Primjer")
    assert line.item.municipality == town and line.sent_at is not None
    correct_everywhere(old, smtp)
    assert lines(partner=here) == [("new", 1, "sent"), ("corrected", 2, "sent")]
    assert len(mails_about(smtp, "Stara")) == 2  # by the town, which sent the first


def correct_everywhere(item, smtp):
    page = item.editions.get().page.specific
    page.title = "Stara vijest, ispravljena"
    page.save_revision().publish()
    marking.correct(item, note="Naslov je bio pogrešan.", user=None)
    tell_and_send()
    read_town()
    tell_and_send()


def test_a_correction_of_what_the_hub_sent_comes_from_the_hub(hub, town, smtp):
    here, there = a_partner(town, email=RADIO), a_partner(hub, email=RADIO)
    joined(hub, town)
    item = a_told_item(town, "Stara vijest")
    read_town()
    tell_and_send()
    correct_everywhere(item, smtp)
    assert lines(partner=here) == []
    assert lines(partner=there) == [("new", 1, "sent"), ("corrected", 2, "sent")]
    call_now()
    told = HubLine.objects.order_by("version").values_list("version", "kind", "state")
    assert list(told) == [(1, "new", "sent"), (2, "corrected", "sent")]


def test_what_became_of_a_line_is_heard_by_the_same_row(hub, town, smtp):
    a_partner(hub, email=RADIO)
    joined(hub, town)
    a_told_item(town, "Nova vijest")
    read_town()
    tell()
    call_now()
    assert HubLine.objects.get().state == "waiting"
    let_delay_pass()
    smtp.reject = "550 5.1.1 no such user"
    tell_and_send()
    call_now()
    assert HubLine.objects.get().state == "bounced" == HubLine.objects.gaps().get().state


def test_a_town_that_does_not_hand_over_sends_itself(hub, town, smtp):
    here, there = a_partner(town, email=RADIO), a_partner(hub, email=RADIO)
    _member, row = joined(hub, town)
    assert membership.hand_over(row, False, user=None)
    an_item(town, a_story(town, "Između"))
    tell()
    assert lines(partner=here) == [("new", 1, "waiting")]  # at once, before the hub knows
    clock()
    assert turns.last(Member.objects.get().own) == [mailbox_digest(RADIO)]
    read_town()
    tell_and_send()
    assert lines(partner=there) == [] and len(mails_about(smtp, "Između")) == 1
    second_passes()
    assert membership.hand_over(Membership.objects.get(), True, user=None)
    clock()
    a_told_item(town, "Nova vijest")
    read_town()
    tell_and_send()
    assert lines(partner=here) == [("new", 1, "sent")]
    assert lines(partner=there, title="Nova vijest") == [("new", 1, "sent")]


def test_what_waits_at_the_hub_is_not_sent_once_the_town_has(hub, town, smtp):
    """The hub had read it before it heard that the town sends itself."""
    here, there = a_partner(town, email=RADIO), a_partner(hub, email=RADIO)
    _member, row = joined(hub, town)
    membership.hand_over(row, False, user=None)
    an_item(town, a_story(town, "Između"))
    tell()
    read_town()
    tell()
    assert lines(partner=there) == [("new", 1, "waiting")] == lines(partner=here)
    second_passes()
    clock()
    assert lines(partner=there) == [("new", 1, "cancelled")]


def test_until_the_hub_has_taken_note_nothing_is_handed_over(hub, town, smtp):
    """It serves the newsroom, and does not know yet what the town sends itself."""
    here, there = a_partner(town, email=RADIO), a_partner(hub, email=RADIO)
    joined(hub, town)
    Membership.objects.update(told=[])
    Member.objects.update(own=[])
    a_told_item(town, "Nova vijest")
    read_town()
    tell_and_send()
    assert lines(partner=here) == [("new", 1, "sent")] and lines(partner=there) == []


def test_news_in_a_language_that_the_hub_does_not_read_is_sent_by_the_town(hub, town, smtp):
    here = a_partner(town, email=RADIO)
    a_partner(hub, email=RADIO)
    joined(hub, town)
    Membership.objects.update(language="en")
    a_told_item(town, "Nova vijest")
    assert lines(partner=here) == [("new", 1, "sent")]


def test_earlier_news_is_what_neither_has_sent(hub, town, smtp):
    """The town sends itself again, since nothing is heard from the hub any more."""
    here = a_partner(town, email=RADIO)
    a_partner(hub, email=RADIO)
    _member, row = joined(hub, town)
    a_told_item(town, "Kroz mrežu")
    read_town()
    tell_and_send()
    call_now()
    a_told_item(town, "Nitko nije poslao")
    membership.hand_over(row, False, user=None)
    catching_up.ask_to_catch_up(here, since=timezone.localdate(), user=None)
    tell_and_send()
    assert [line.title for line in Delivery.objects.filter(partner=here)] == ["Nitko nije poslao"]


def test_a_new_newsroom_of_the_hub_does_not_get_what_the_town_sends_itself(hub, town, smtp):
    a_partner(town, email=RADIO)
    joined(hub, town)
    a_told_item(town, "Nova vijest")
    read_town()
    late, other = a_partner(hub, email=RADIO), a_partner(hub, email="druga@example.com")
    for partner in (late, other):
        catching_up.ask_to_catch_up(partner, since=timezone.localdate(), user=None)
    tell_and_send()
    assert lines(partner=late) == [] and lines(partner=other) == [("new", 1, "sent")]


def test_a_town_whose_feed_the_hub_pauses_sends_itself_again(hub, town, smtp):
    here = a_partner(town, email=RADIO)
    a_partner(hub, email=RADIO)
    joined(hub, town)
    assert moderating.pause(RemoteSource.objects.all(), user=None) == 1
    call_now()
    a_told_item(town, "Nova vijest")
    assert lines(partner=here) == [("new", 1, "sent")]
    assert moderating.resume(RemoteSource.objects.all(), user=None) == 1
    call_now()
    a_told_item(town, "Poslije")
    assert lines(partner=here, title="Poslije") == []
