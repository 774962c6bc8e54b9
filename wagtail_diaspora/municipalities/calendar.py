"""The working days of an office: Monday to Friday without its holidays and closures.

Public API: `calendar_of`, `Calendar`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .models import Closure, Holiday, Municipality

__all__ = ["Calendar", "calendar_of"]

LONGEST = 3 * 366


@dataclass(frozen=True)
class Calendar:
    """Plain values, so that it can be kept between requests."""

    single: frozenset[date]
    yearly: frozenset[tuple[int, int]]
    closed: tuple[tuple[date, date, bool], ...]

    def is_working_day(self, day: date) -> bool:
        return (
            day.weekday() < 5
            and day not in self.single
            and (day.month, day.day) not in self.yearly
            and not any(first <= day <= last for first, last, _takes in self.closed)
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

    def takes_orders(self, day: date) -> bool:
        return all(takes for first, last, takes in self.closed if first <= day <= last)


def calendar_of(municipality: Municipality | int) -> Calendar:
    """In two queries."""
    holidays = Holiday.objects.filter(municipality=municipality).values_list("day", "yearly")
    closures = Closure.objects.filter(municipality=municipality)
    holidays = list(holidays)
    return Calendar(
        single=frozenset(day for day, yearly in holidays if not yearly),
        yearly=frozenset((day.month, day.day) for day, yearly in holidays if yearly),
        closed=tuple(closures.values_list("first_day", "last_day", "takes_orders")),
    )
