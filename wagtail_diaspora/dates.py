"""Dates as people type and read them: day before month in every language, year first only as ISO.

Public API: `parse`, `parse_partial`, `PartialDate`, `in_words`, `DateError`, and the form fields
`DateField`, `PartialDateField`.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

__all__ = ["DateError", "DateField", "PartialDate", "PartialDateField", "in_words", "parse", "parse_partial"]

_GENITIVE_HR = (
    "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca"
)
_BS = "januar februar mart april maj juni juli august septembar oktobar novembar decembar"
_SR_LATN = "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar"
_SR = "јануар фебруар март април мај јун јул август септембар октобар новембар децембар"
_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
_EN = "January February March April May June July August September October November December"

MONTHS = {
    "bs": _BS.split(),
    "hr": _GENITIVE_HR.split(),
    "sr-latn": _SR_LATN.split(),
    "sr": _SR.split(),
    "de": _DE.split(),
    "en": _EN.split(),
}
_PATTERNS = {
    "bs": "{day}. {month} {year}.",
    "hr": "{day}. {month} {year}.",
    "sr-latn": "{day}. {month} {year}.",
    "sr": "{day}. {month} {year}.",
    "de": "{day}. {month} {year}",
    "en": "{day} {month} {year}",
}
# Beginnings by which a month is told in any of the languages, in any case of the noun.
_STEMS = (
    "jan sij jän јан", "feb velj феб", "mar ožu ozu mär mae мар", "apr tra апр", "maj maji svi mai may мај",
    "jun lip јун", "jul srp јул", "aug avg kol авг", "sep ruj сеп", "okt oct list окт", "nov stu нов",
    "dec dez pro дец",
)  # fmt: skip

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[\s./,-]+(\d{1,2})[\s./,-]+(\d+)")
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_WORDS = re.compile(r"(\d{1,2})[\s.]*([^\W\d]+)[\s.,]*(\d+)")
_MONTH_YEAR = re.compile(r"(?:(\d{1,2})|([^\W\d]+))[\s./-]+(\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"\d{4}")


class DateError(ValueError):
    """The text is no date; `args[0]` is a sentence that says how to write it."""


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date of which the day, or day and month, is not known."""

    year: int
    month: int | None = None
    day: int | None = None

    def isoformat(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


def parse(text: str) -> date:
    """The date that was typed; raises DateError."""
    text = text.strip().rstrip(".").strip()
    if iso := _ISO.fullmatch(text):
        return _date(*map(int, iso.groups()))
    if match := _NUMBERS.fullmatch(text) or _COMPACT.fullmatch(text):
        day, month, year = match.groups()
        return _date(_year(year), int(month), int(day))
    if match := _WORDS.fullmatch(text):
        day, month, year = match.groups()
        return _date(_year(year), _month(month), int(day))
    raise DateError(_("Write the date as day, month, year. For example: 1. 4. 1962."))


def parse_partial(text: str) -> PartialDate:
    """The same, where the day, or day and month, may be missing; raises DateError."""
    stripped = text.strip().rstrip(".").strip()
    if _YEAR.fullmatch(stripped):
        return PartialDate(int(stripped))
    if iso := _ISO_MONTH.fullmatch(stripped):
        year, month = map(int, iso.groups())
        return _partial(_date(year, month, 1), month)
    if match := _MONTH_YEAR.fullmatch(stripped):
        number, name, year = match.groups()
        month = int(number) if number else _month(name)
        return _partial(_date(int(year), month, 1), month)
    day = parse(text)
    return PartialDate(day.year, day.month, day.day)


def in_words(day: date | PartialDate, language: str | None = None) -> str:
    """With the month in words, `1. april 1962.`; an unknown language reads English."""
    language = language or get_language() or "en"
    language = language if language in MONTHS else language.partition("-")[0]
    language = language if language in MONTHS else "en"
    if day.month is None:
        return str(day.year)
    month = MONTHS[language][day.month - 1]
    if day.day is None:
        return f"{month} {day.year}"
    return _PATTERNS[language].format(day=day.day, month=month, year=day.year)


class DateInput(forms.TextInput):
    """Shows what was typed, or a date as day, month, year."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, date):
            return f"{value.day}. {value.month}. {value.year}."
        if isinstance(value, str) and (iso := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value)):
            return " ".join(f"{int(part)}." for part in reversed(iso.groups()) if part)
        return super().format_value(value)


class DateField(forms.Field):
    widget = DateInput(attrs={"inputmode": "text", "autocomplete": "off", "class": "diaspora-short"})
    parser = staticmethod(parse)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if isinstance(value, (date, PartialDate)):
            return value
        try:
            return self.parser(str(value))
        except DateError as error:
            raise ValidationError(error.args[0], code="date") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class PartialDateField(DateField):
    parser = staticmethod(parse_partial)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(_("There is no such day. Write day, month, year. For example: 1. 4. 1962.")) from None


def _partial(day: date, month: int) -> PartialDate:
    return PartialDate(day.year, month)


def _year(typed: str) -> int:
    if len(typed) != 4:
        raise DateError(_("Write the year with four digits. For example: 1. 4. 1962."))
    return int(typed)


def _month(name: str) -> int:
    name = name.casefold()
    for number, stems in enumerate(_STEMS, start=1):
        if any(name.startswith(stem) for stem in stems.split()):
            return number
    raise DateError(_("This month is not known. Write it as a number. For example: 1. 4. 1962."))
