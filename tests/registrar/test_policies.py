"""Orders by every policy, from the first check to the last fening."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories.municipalities import user_with
from tests.factories.registrar import an_office, an_order
from wagtail_diaspora.exceptions import TransitionNotAllowed
from wagtail_diaspora.outbox import applicability
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions
from wagtail_diaspora.registrar.actions import closing
from wagtail_diaspora.registrar.models import Order

pytestmark = pytest.mark.django_db
FEE, POSTAGE = 500, 850


class Case:
    """An order with two documents, each of which costs FEE, and a clerk who works on it."""

    def __init__(self, policy="check_first", **settings):
        settings |= {"postage_abroad_minor": POSTAGE, "notice_email": "office@example.org"}
        office = an_office(fee=FEE, payment_policy=policy, **settings)
        self.pk = an_order(office, types=("birth", "citizenship")).pk
        self.clerk = user_with("diaspora_registrar.change_order", municipality=office)

    @property
    def order(self):
        return Order.objects.select_related("municipality").get(pk=self.pk)

    @property
    def items(self):
        return list(self.order.items.all())

    def __getattr__(self, name):
        """`case.mark_found(0, act={})`: an action on the document at that place, or on the order."""
        action = getattr(actions, name)

        def run(place=None, **facts):
            if place is not None:
                facts["item"] = self.items[place].pk
            order = self.order
            return action(order, user=self.clerk, version=order.version, **facts)

        return run

    def found(self, *places):
        for place in places:
            self.mark_found(place, act={})

    def paid(self, **facts):
        self.record_payment(received_on=date(2026, 4, 1), **facts)

    def later(self, **values):
        Order.objects.filter(pk=self.pk).update(**values)

    @property
    def stands(self):
        order = self.order
        return order.state, order.payment_state, order.amount_minor, order.paid_minor

    @property
    def mails(self):
        messages = Message.objects.labelled(f"order:{self.pk}").order_by("ordinal")
        return [message.key.split(":")[3] for message in messages]


WHOLE, ONE = 2 * FEE + POSTAGE, FEE + POSTAGE


def test_check_first_refused_after_payment_is_paid_back_and_asks_for_nothing():
    case = Case()
    case.found(0, 1)
    assert case.stands == ("waiting", "due", WHOLE, 0)
    case.paid()
    case.refuse(1, explanation="Nema prava.")
    assert case.stands == ("in_preparation", "received", ONE, WHOLE)
    assert case.order.overpaid_minor == FEE
    case.record_refund(refunded_on=date(2026, 4, 2))
    assert case.stands == ("in_preparation", "received", ONE, ONE)


def test_check_first_asks_only_for_the_difference_when_more_is_found():
    case = Case()
    case.found(0)
    case.mark_not_found(1, explanation="Nema upisa.")
    case.paid()
    case.check_again(1)
    assert case.stands == ("in_review", "received", ONE, ONE)
    case.found(1)
    assert case.stands == ("waiting", "due", WHOLE, ONE)
    assert "5,00" in Message.objects.order_by("ordinal").last().payload["text"]
    case.paid()
    assert case.stands == ("in_preparation", "received", WHOLE, WHOLE)
    assert {item.state for item in case.items} == {"ready"}


def test_a_part_of_the_money_is_booked_and_the_rest_stays_due():
    case = Case()
    case.found(0, 1)
    case.paid(amount_minor=1000)
    assert case.stands == ("waiting", "due", WHOLE, 1000)
    case.paid()
    assert case.stands == ("in_preparation", "received", WHOLE, WHOLE)
    assert [p.amount_minor for p in case.order.payments.all()] == [1000, WHOLE - 1000]


def test_on_delivery_is_owed_when_found_and_needed_before_handing_over():
    case = Case("on_delivery")
    case.found(0, 1)
    assert case.stands == ("in_preparation", "due", WHOLE, 0)
    case.issue(0)
    case.ready_to_collect(0)
    with pytest.raises(TransitionNotAllowed):
        case.mark_delivered(0)
    case.paid()
    case.mark_delivered(0)
    assert case.items[0].state == "delivered"


def test_pay_first_waits_for_the_money_and_expires_without_it():
    case = Case("pay_first")
    assert case.stands == ("submitted", "due", WHOLE, 0)
    with pytest.raises(TransitionNotAllowed):
        case.found(0)
    case.later(answer_by=timezone.localdate() - timedelta(days=1))
    closing.expire_unanswered()
    assert case.stands == ("expired", "not_needed", 0, 0)


def test_pay_first_finds_nothing_and_asks_for_nothing():
    case = Case("pay_first")
    for place in (0, 1):
        case.mark_not_found(place, explanation="Nema upisa.")
    assert case.stands == ("completed", "not_needed", 0, 0)
    assert "18,50" not in Message.objects.order_by("ordinal").last().payload["text"]


def test_pay_first_pays_back_what_was_not_found_and_goes_on_with_the_rest():
    case = Case("pay_first")
    case.paid()
    assert case.stands == ("submitted", "received", WHOLE, WHOLE)
    case.mark_not_found(1, explanation="Nema upisa.")
    assert case.order.overpaid_minor == FEE
    case.record_refund(refunded_on=date(2026, 4, 2))
    case.found(0)
    assert case.stands == ("in_preparation", "received", ONE, ONE)


def test_pay_first_asks_for_the_difference_of_a_fee_that_was_set_higher():
    case = Case("pay_first")
    case.paid()
    case.found(0)
    case.mark_found(1, act={}, fee_minor=FEE + 200)
    assert case.stands == ("waiting", "due", WHOLE + 200, WHOLE)
    case.paid()
    assert {item.state for item in case.items} == {"ready"}


def test_free_asks_for_nothing():
    case = Case("free")
    case.found(0, 1)
    assert case.stands == ("in_preparation", "not_needed", 0, 0)


def test_a_refund_of_everything_waives_the_rest():
    case = Case()
    case.found(0, 1)
    case.paid()
    case.record_refund(refunded_on=date(2026, 4, 2), amount_minor=WHOLE)
    assert case.stands == ("in_preparation", "refunded", 0, 0)
    with pytest.raises(TransitionNotAllowed):
        case.record_refund(refunded_on=date(2026, 4, 2), amount_minor=1)


def test_a_waived_order_is_prepared_and_its_applicant_told():
    case = Case()
    case.found(0, 1)
    case.waive_payment()
    assert case.stands == ("in_preparation", "not_needed", 0, 0)
    assert case.mails[-1] == "payment_waived"
    with pytest.raises(TransitionNotAllowed):
        case.paid()


def test_reported_money_and_unread_words_keep_an_order_from_expiring():
    case = Case()
    case.found(0, 1)
    actions.report_payment(case.order)
    actions.report_payment(case.order)
    assert case.order.payments.count() == 1 and case.mails[-1] == "office_payment"
    case.later(answer_by=timezone.localdate() - timedelta(days=1))
    assert closing.expire_unanswered() is None
    case.paid()
    assert case.stands == ("in_preparation", "received", WHOLE, WHOLE)


def test_late_money_of_an_expired_order_is_booked_and_the_order_taken_up_again():
    case = Case()
    case.found(0, 1)
    case.later(answer_by=timezone.localdate() - timedelta(days=1))
    closing.expire_unanswered()
    assert case.stands == ("expired", "not_needed", 0, 0)
    case.paid(amount_minor=WHOLE)
    assert case.stands == ("expired", "received", 0, WHOLE)
    case.reopen()
    assert case.stands == ("in_preparation", "received", WHOLE, WHOLE)
    assert case.mails[-2:] == ["reopened", "checked"]


def test_late_money_of_a_withdrawn_order_is_paid_back():
    case = Case()
    actions.withdraw(case.order)
    case.paid(amount_minor=WHOLE)
    assert case.order.overpaid_minor == WHOLE
    case.record_refund(refunded_on=date(2026, 4, 2))
    assert case.stands == ("withdrawn", "refunded", 0, 0)


def test_an_order_with_a_paper_is_neither_withdrawn_nor_expired():
    case = Case()
    case.found(0, 1)
    case.paid()
    case.issue(0)
    case.ask_applicant(key=uuid.uuid4(), body="Na koju adresu?")
    assert not closing.may_withdraw(case.order, case.order.items.all())
    with pytest.raises(TransitionNotAllowed):
        actions.withdraw(case.order)
    case.later(answer_by=timezone.localdate() - timedelta(days=1))
    closing.expire_unanswered()
    assert case.order.state == "in_preparation"


def test_a_paper_that_is_withdrawn_ends_its_item():
    case = Case()
    case.found(0)
    case.pass_on(1, to="Kozarska Dubica")
    case.paid()
    case.issue(0)
    case.withdraw_paper(0)
    assert case.order.state == "completed" and case.order.erase_on
    case.reissue(0)
    assert case.order.state == "in_preparation" and case.order.erase_on is None


def test_the_clock_of_the_office_stands_while_it_waits(monkeypatch):
    case = Case()
    case.found(0, 1)
    due = case.order.due_on
    case.later(waiting_since=timezone.localdate() - timedelta(days=14))
    case.paid()
    assert (case.order.due_on - due).days == 14 and case.order.waiting_since is None


def test_one_busy_order_does_not_stop_the_clock(monkeypatch):
    cases = [Case(), Case()]
    for case in cases:
        case.ask_applicant(key=uuid.uuid4(), body="?")
        case.later(answer_by=timezone.localdate() - timedelta(days=1))
    busy = min(cases, key=lambda case: case.pk)
    real = closing.expire

    def raced(order, *, version):
        if order.pk == busy.pk:
            actions.add_note(order, user=busy.clerk, key=uuid.uuid4(), body="x")
        return real(order, version=version)

    monkeypatch.setattr(closing, "expire", raced)
    assert closing.expire_unanswered() == "1 orders expired"


def test_a_reminder_comes_once_before_the_order_is_closed():
    case = Case()
    case.ask_applicant(key=uuid.uuid4(), body="?")
    assert closing.remind_waiting() is None
    case.later(answer_by=timezone.localdate() + timedelta(days=3))
    for _twice in range(2):
        closing.remind_waiting()
    assert case.mails.count("reminder") == 1


def test_the_office_hears_of_a_message_once_until_it_reads():
    case = Case()
    for _twice in range(2):
        actions.answer(case.order, key=uuid.uuid4(), body="Ima li vijesti?")
    assert case.mails.count("office_message") == 1
    case.mark_read()
    actions.answer(case.order, key=uuid.uuid4(), body="A sada?")
    assert case.mails.count("office_message") == 2


def test_a_note_leaves_a_new_order_new():
    case = Case()
    case.add_note(key=uuid.uuid4(), body="Zove sutra.")
    case.set_protocol_number(number="12/26")
    assert case.order.state == "submitted" and case.order.assignee is None


def test_what_asks_is_not_sent_about_an_order_that_ended():
    case = Case()
    case.found(0, 1)
    actions.withdraw(case.order)
    applies = {m.key.split(":")[3]: applicability.still_applies(m) for m in Message.objects.all()}
    assert applies == {"received": True, "office": True, "checked": False, "withdrawn": True}


def test_a_message_key_of_another_order_writes_nothing():
    first, second = Case(), Case()
    key = uuid.uuid4()
    actions.answer(first.order, key=key, body="Prvi")
    actions.answer(second.order, key=key, body="Drugi")
    assert first.order.thread.count() == 1 and second.order.thread.count() == 0
