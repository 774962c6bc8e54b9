"""The working days of an office: Monday to Friday without its holidays and closures."""

from collections.abc import Callable
from datetime import date, timedelta

from .models import Municipality

__all__ = ["add_working_days", "is_working_day"]

LONGEST = 3 * 366


def add_working_days(municipality: Municipality, day: date, days: int) -> date:
    """The working day that comes `days` working days after `day`, in two queries.

    Raises ValueError where the office is closed for years.
    """
    works = _reader(municipality)
    for _step in range(LONGEST + 7 * days):
        if days <= 0 and works(day):
            return day
        day += timedelta(days=1)
        days -= works(day)
    raise ValueError("The office has no working day in years: look at its closures.")


def is_working_day(municipality: Municipality, day: date) -> bool:
    return _reader(municipality)(day)


def _reader(municipality: Municipality) -> Callable[[date], bool]:
    holidays = list(municipality.holidays.values_list("day", "yearly"))
    single = {day for day, yearly in holidays if not yearly}
    every_year = {(day.month, day.day) for day, yearly in holidays if yearly}
    closed = list(municipality.closures.values_list("first_day", "last_day"))

    def works(day: date) -> bool:
        return (
            day.weekday() < 5
            and day not in single
            and (day.month, day.day) not in every_year
            and not any(first <= day <= last for first, last in closed)
        )

    return works
