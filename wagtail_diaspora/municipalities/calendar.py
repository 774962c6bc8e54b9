"""The working days of an office: Monday to Friday without its holidays and closures.

Public API: `calendar_of`, `Calendar`, `Closed`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from .models import Closure, Holiday, Municipality

__all__ = ["Calendar", "Closed", "calendar_of"]

LONGEST = 3 * 366
CLOSED = ("first_day", "last_day", "takes_orders", "reason", "deputy", "deputy_email")


@dataclass(frozen=True)
class Closed:
    """Days on which the office is closed, as plain values."""

    first_day: date
    last_day: date
    takes_orders: bool = True
    reason: dict = field(default_factory=dict)
    deputy: str = ""
    deputy_email: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Calendar:
    """Plain values, so that it can be kept between requests."""

    single: frozenset[date]
    yearly: frozenset[tuple[int, int]]
    closed: tuple[Closed, ...]

    def is_working_day(self, day: date) -> bool:
        return (
            day.weekday() < 5
            and day not in self.single
            and (day.month, day.day) not in self.yearly
            and not any(day in closed for closed in self.closed)
        )

    def add_working_days(self, day: date, days: int) -> date:
        """The working day that comes `days` working days after `day`.

        Raises ValueError where the office is closed for years.
        """
        for _step in range(LONGEST + 7 * days):
            if days <= 0 and self.is_working_day(day):
                return day
            day += timedelta(days=1)
            days -= self.is_working_day(day)
        raise ValueError("The office has no working day in years: look at its closures.")

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after `first`, up to and with `last`."""
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def closed_on(self, day: date) -> Closed | None:
        """The closure of that day: one that takes no orders before others, else the one that ends last."""
        today = [closed for closed in self.closed if day in closed]
        return max(today, key=lambda closed: (not closed.takes_orders, closed.last_day), default=None)

    def deputies_on(self, day: date) -> Iterable[Closed]:
        return (closed for closed in self.closed if day in closed and closed.deputy_email)

    def takes_orders(self, day: date) -> bool:
        return all(closed.takes_orders for closed in self.closed if day in closed)

    def takes_orders_from(self, day: date) -> date:
        """That day, or the first one after it on which orders are taken."""
        while not self.takes_orders(day):
            day = max(c.last_day for c in self.closed if day in c and not c.takes_orders) + timedelta(days=1)
        return day


def calendar_of(municipality: Municipality | int) -> Calendar:
    """In two queries."""
    holidays = Holiday.objects.filter(municipality=municipality).values_list("day", "yearly")
    closures = Closure.objects.filter(municipality=municipality)
    holidays = list(holidays)
    return Calendar(
        single=frozenset(day for day, yearly in holidays if not yearly),
        yearly=frozenset((day.month, day.day) for day, yearly in holidays if yearly),
        closed=tuple(Closed(**row) for row in closures.values(*CLOSED)),
    )
