"""Orders that wait for somebody: clocks, reminders, and how they end."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.registrar.policies import WHOLE, Case
from wagtail_diaspora.outbox import applicability
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions
from wagtail_diaspora.registrar.actions import closing

pytestmark = pytest.mark.django_db


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


def test_what_asks_is_not_sent_about_an_order_that_ended():
    case = Case()
    case.found(0, 1)
    actions.withdraw(case.order)
    applies = {m.key.split(":")[3]: applicability.still_applies(m) for m in Message.objects.all()}
    assert applies == {"received": True, "office": True, "checked": False, "withdrawn": True}
