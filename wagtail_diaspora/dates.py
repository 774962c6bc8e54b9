"""Dates as people type and read them: day before month in every language, year first only as ISO.

Public API: `parse`, `parse_partial`, `PartialDate`, `first_day`, `last_day`, `in_words`, `in_sentence`,
`DateError`, and the form fields `DateField`, `PartialDateField`.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

__all__ = [
    "DateError",
    "DateField",
    "PartialDate",
    "PartialDateField",
    "first_day",
    "in_sentence",
    "in_words",
    "last_day",
    "parse",
    "parse_partial",
]

OLDEST_YEAR = 1800

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
# Within a sentence, `do 24. januara`; hr has this form always, de and en have no other.
_BS_GENITIVE = "januara februara marta aprila maja juna jula augusta septembra oktobra novembra decembra"
_SR_LATN_GENITIVE = _BS_GENITIVE.replace("augusta", "avgusta")
_SR_GENITIVE = "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра"
MONTHS_IN_SENTENCE = MONTHS | {
    "bs": _BS_GENITIVE.split(),
    "sr-latn": _SR_LATN_GENITIVE.split(),
    "sr": _SR_GENITIVE.split(),
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
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[\s./,-]+(\d{1,2})[\s./,-]+(\d+)")
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_WORDS = re.compile(r"(\d{1,2})[\s.]*([^\W\d]+)[\s.,]*(\d+)")
_MONTH_YEAR = re.compile(r"(?:(\d{1,2})|([^\W\d]+))[\s./-]+(\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"\d{4}")
# What people write behind the year: a full stop, `g.`, `godine`.
_END = re.compile(r"[\s.]*(?:(?<=[\d\s.])(?:g|god|godin[ae]|г|год|годин[ае])[\s.]*)?$", re.IGNORECASE)
_LONGEST = 60


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
    text = _bare(text)
    if iso := _ISO.fullmatch(text):
        return _date(*map(int, iso.groups()))
    if match := _NUMBERS.fullmatch(text) or _COMPACT.fullmatch(text):
        day, month, year = match.groups()
        return _date(_year(year), int(month), int(day))
    if match := _WORDS.fullmatch(text):
        day, month, year = match.groups()
        return _date(_year(year), _month(month), int(day))
    raise _no_date()


def parse_partial(text: str) -> PartialDate:
    """The same, where the day, or day and month, may be missing; raises DateError."""
    text = _bare(text)
    if _YEAR.fullmatch(text):
        return PartialDate(_date(int(text), 1, 1).year)
    if iso := _ISO_MONTH.fullmatch(text):
        return _partial(_date(*map(int, iso.groups()), 1))
    if match := _MONTH_YEAR.fullmatch(text):
        number, name, year = match.groups()
        return _partial(_date(int(year), int(number) if number else _month(name), 1))
    day = parse(text)
    return PartialDate(day.year, day.month, day.day)


def first_day(day: date | PartialDate) -> date:
    """The earliest day that it may mean."""
    return date(day.year, day.month or 1, day.day or 1)


def last_day(day: date | PartialDate) -> date:
    """The latest day that it may mean."""
    month = day.month or 12
    return date(day.year, month, day.day or monthrange(day.year, month)[1])


def in_words(day: date | PartialDate, language: str | None = None) -> str:
    """With the month in words, `1. april 1962.`; an unknown language reads English."""
    return _written(day, language, MONTHS)


def in_sentence(day: date | PartialDate, language: str | None = None) -> str:
    """The same as it stands within a sentence, `do 1. aprila 1962.`"""
    return _written(day, language, MONTHS_IN_SENTENCE)


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


def _written(day: date | PartialDate, language: str | None, months: dict[str, list[str]]) -> str:
    language = language or get_language() or "en"
    language = language if language in months else language.partition("-")[0]
    language = language if language in months else "en"
    if day.month is None:
        return str(day.year)
    month = months[language][day.month - 1]
    if day.day is None:
        return f"{month} {day.year}"
    return _PATTERNS[language].format(day=day.day, month=month, year=day.year)


def _bare(text: str) -> str:
    text = text.strip()
    if len(text) > _LONGEST:
        raise _no_date()
    return text[: _END.search(text).start()]


def _no_date() -> DateError:
    return DateError(_("Write the date as day, month, year. For example: 1. 4. 1962."))


def _date(year: int, month: int, day: int) -> date:
    if year < OLDEST_YEAR:
        raise DateError(_("Check the year: no record is that old. For example: 1. 4. 1962."))
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(_("There is no such day. Write day, month, year. For example: 1. 4. 1962.")) from None


def _partial(day: date) -> PartialDate:
    return PartialDate(day.year, day.month)


def _year(typed: str) -> int:
    if len(typed) != 4:
        raise DateError(_("Write the year with four digits. For example: 1. 4. 1962."))
    return int(typed)


def _month(name: str) -> int:
    name = name.casefold()
    if name in _ROMAN:
        return _ROMAN.index(name) + 1
    for number, stems in enumerate(_STEMS, start=1):
        if any(name.startswith(stem) for stem in stems.split()):
            return number
    raise DateError(_("This month is not known. Write it as a number. For example: 1. 4. 1962."))
