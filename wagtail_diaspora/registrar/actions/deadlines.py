"""The days that an office expects."""

from datetime import date, timedelta

from django.utils import timezone

from ..models import Order


def answer_by(order: Order) -> date:
    return timezone.localdate() + timedelta(days=order.policy["answer_days"])
