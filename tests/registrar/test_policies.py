"""Orders by every policy, from the first check to the last fening."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.registrar.policies import FEE, ONE, WHOLE, Case
from wagtail_diaspora.exceptions import TransitionNotAllowed
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions
from wagtail_diaspora.registrar.actions import closing

pytestmark = pytest.mark.django_db


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


def test_a_note_leaves_a_new_order_new():
    case = Case()
    case.add_note(key=uuid.uuid4(), body="Zove sutra.")
    case.set_protocol_number(number="12/26")
    assert case.order.state == "submitted" and case.order.assignee is None


def test_a_message_key_of_another_order_writes_nothing():
    first, second = Case(), Case()
    key = uuid.uuid4()
    actions.answer(first.order, key=key, body="Prvi")
    actions.answer(second.order, key=key, body="Drugi")
    assert first.order.thread.count() == 1 and second.order.thread.count() == 0
