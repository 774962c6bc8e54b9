"""What becomes of mails on their way, and what the ledger says of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.syndication import an_item
from tests.host.models import BlogPage
from tests.syndication.newsdesk import a_told_item, let_delay_pass, lines, tell, tell_and_send
from wagtail_diaspora.outbox.actions import deliver_due, give_back
from wagtail_diaspora.outbox.bounces import Bounce
from wagtail_diaspora.outbox.categories import Category
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.signals import message_accepted, message_sent
from wagtail_diaspora.syndication import receivers
from wagtail_diaspora.syndication.actions import (
    following,
    marking,
    partnering,
    publishing,
    redelivering,
    rounds,
)
from wagtail_diaspora.syndication.models import Delivery, Edition, Item, Partner

pytestmark = pytest.mark.django_db


def change(item, **fields):
    BlogPage.objects.filter(translation_key=item.translation_key).update(**fields)


def test_what_changes_while_its_mail_is_under_way_goes_out_as_the_newest(town, partner, smtp):
    item = an_item(town)
    tell()
    let_delay_pass()
    rounds.tell()
    change(item, title="Novi naslov")
    publishing.reconcile_all()
    assert deliver_due() == 0, "the mail no longer says what the page says"
    rounds.tell()
    assert deliver_due() == 1 and [m["Subject"] for m in smtp.messages] == ["Novi naslov"]
    assert lines() == [("new", 1, "cancelled"), ("new", 2, "sent")]


def test_a_correction_of_what_never_arrived_goes_out_as_news(town, partner, smtp):
    item = an_item(town)
    tell()
    let_delay_pass()
    rounds.tell()
    marking.correct(item, note="Ispravka.", user=None)
    tell()
    assert deliver_due() == 0
    assert rounds.tell() == 1 and deliver_due() == 1
    assert lines() == [("new", 1, "cancelled"), ("new", 2, "sent")]


def test_a_withdrawal_of_what_never_arrived_is_not_told(town, partner, smtp):
    item = an_item(town)
    tell()
    let_delay_pass()
    rounds.tell()
    marking.withdraw(item, note="", user=None)
    tell()
    assert (deliver_due(), rounds.tell(), deliver_due()) == (0, 0, 0) and not smtp.messages
    assert {state for _kind, _version, state in lines()} == {"cancelled"}


def test_whoever_leaves_gets_not_even_what_is_under_way(town, partner, smtp):
    an_item(town)
    tell()
    let_delay_pass()
    rounds.tell()
    partnering.leave(partner)
    assert (deliver_due(), rounds.tell()) == (0, 0) and lines() == [("new", 1, "cancelled")]


def test_the_ledger_says_no_more_than_is_known(town, partner, smtp):
    a_told_item(town)
    line, message = Delivery.objects.get(), Message.objects.get()
    assert line.get_state_display() in ("sent", "poslano") and line.sent_at == message.sent_at
    message_accepted.send(sender=Message, message=message, at=timezone.now())
    assert lines() == [("new", 1, "accepted")]
    bounce = Bounce(
        messages=(message.pk,),
        recipients=frozenset([partner.email]),
        category=Category.BAD_ADDRESS,
        code="550 5.1.1",
        at=None,
    )
    give_back(bounce)
    assert lines() == [("new", 1, "bounced")] and Delivery.objects.get().bounced_at


def test_a_refused_mail_is_a_gap(town, partner, smtp):
    smtp.reject = "550 5.1.1 no such user"
    a_told_item(town)
    assert lines() == [("new", 1, "bounced")] and Delivery.objects.gaps().count() == 1


def test_what_a_signal_did_not_say_the_next_round_finds(town, partner, smtp):
    message_sent.disconnect(dispatch_uid="diaspora_syndication")
    try:
        a_told_item(town)
        assert lines() == [("new", 1, "under_way")]
    finally:
        message_sent.connect(receivers.mail_settled, dispatch_uid="diaspora_syndication")
    assert following.follow() == 1 and lines() == [("new", 1, "sent")]
    assert following.follow() == 0


def test_a_withdrawal_reaches_whoever_waits_for_a_second_sending(town, partner, smtp):
    item = a_told_item(town)
    assert redelivering.redeliver(Delivery.objects.all(), user=None) == 1
    assert lines() == [("new", 1, "waiting")]
    marking.withdraw(item, note="", user=None)
    assert tell() == 1 and deliver_due() == 1
    assert lines() == [("new", 1, "sent"), ("withdrawn", 2, "sent")]


def test_a_second_sending_of_what_changes_meanwhile_is_of_the_newest(town, partner, smtp):
    item = a_told_item(town)
    redelivering.redeliver(Delivery.objects.all(), user=None)
    change(item, title="Novi naslov")
    publishing.reconcile_all()
    assert tell_and_send() == 1 and lines() == [("new", 1, "sent"), ("new", 2, "sent")]
    assert smtp.messages[-1]["Subject"] == "Novi naslov"


@pytest.mark.parametrize("before", [lambda: None, let_delay_pass])
def test_what_comes_back_under_embargo_goes_to_nobody_who_may_not_have_it(town, partner, smtp, before):
    """Whatever waits, is under way or is sent again at that moment."""
    item = an_item(town)
    tell()
    before()
    rounds.tell()
    marking.withdraw(item, note="", user=None)
    item = marking.mark(BlogPage.objects.get(), municipality=town, user=None)
    Item.objects.update(embargo_until=timezone.now() + timedelta(hours=2))
    tell_and_send()
    redelivering.redeliver(Delivery.objects.all(), user=None)
    tell_and_send()
    assert Edition.objects.get().state == "embargoed" and not smtp.messages


def test_a_paused_partner_that_missed_a_withdrawal_gets_no_embargoed_words(town, partner, smtp):
    item = a_told_item(town)
    partnering.pause(partner)
    marking.withdraw(item, note="", user=None)
    tell()
    marking.mark(BlogPage.objects.get(), municipality=town, user=None)
    Item.objects.update(embargo_until=timezone.now() + timedelta(hours=2))
    tell()
    partnering.resume(Partner.objects.get())
    tell_and_send()
    assert len(smtp.messages) == 1 and Edition.objects.get().state == "embargoed"
