"""The days that an office promises and expects."""

from datetime import date, timedelta

from django.utils import timezone

from wagtail_diaspora.municipalities import calendar
from wagtail_diaspora.municipalities.models import Municipality

from ..models import DocumentType, Order


def due_on(municipality: Municipality, types: list[DocumentType], *, received: date) -> date:
    """The last working day for the slowest document of an order received on that day."""
    return calendar.add_working_days(municipality, received, max(t.working_days for t in types))


def answer_by(order: Order) -> date:
    return timezone.localdate() + timedelta(days=order.policy["answer_days"])
