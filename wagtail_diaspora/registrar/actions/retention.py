import calendar
from datetime import date

from django.utils import timezone

from ..models import Order


def erase_on(order: Order) -> date | None:
    """The day on which a closed order's personal data go; None while it is open."""
    if order.closed_at is None:
        return None
    return add_months(timezone.localdate(order.closed_at), order.policy["retention_months"])


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
