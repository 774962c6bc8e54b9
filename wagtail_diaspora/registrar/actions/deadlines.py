"""The days that an office expects, and its clock of working days, which stands while an order waits."""

from datetime import date, timedelta

from django.utils import timezone

from wagtail_diaspora.municipalities.calendar import calendar_of

from ..models import Order


def answer_by(policy: dict) -> date:
    return timezone.localdate() + timedelta(days=policy["answer_days"])


def stop_clock(order: Order) -> None:
    order.answer_by = answer_by(order.policy)
    order.waiting_since = order.waiting_since or timezone.localdate()


def start_clock(order: Order) -> None:
    """The due day moves on by the working days for which the office had to wait."""
    if order.waiting_since:
        calendar = calendar_of(order.municipality)
        waited = calendar.working_days_between(order.waiting_since, timezone.localdate())
        order.due_on = calendar.add_working_days(order.due_on, waited)
    order.waiting_since = order.answer_by = None
