"""Dates in Bosnian, for a host that asks for them."""

import datetime

import pytest
from django import forms
from django.utils import formats, translation

AT = datetime.datetime(2026, 3, 5, 14, 5)


@pytest.fixture(autouse=True)
def bosnian(settings):
    settings.FORMAT_MODULE_PATH = ["wagtail_diaspora.formats"]
    formats.reset_format_cache()
    with translation.override("bs"):
        yield
    formats.reset_format_cache()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("DATE_FORMAT", "5. mart 2026."),
        ("DATETIME_FORMAT", "5. mart 2026. 14:05"),
        ("SHORT_DATE_FORMAT", "5. 3. 2026."),
        ("SHORT_DATETIME_FORMAT", "5. 3. 2026. 14:05"),
    ],
)
def test_dates_are_shown_day_first(name, shown):
    assert formats.date_format(AT, name) == shown


@pytest.mark.parametrize("typed", ["5.3.2026.", "05.03.2026", "5. 3. 2026.", "5/3/2026", "2026-03-05"])
def test_dates_are_read_day_before_month(typed):
    assert forms.DateField().clean(typed) == AT.date()
    assert forms.DateTimeField().clean(f"{typed} 14:05").replace(tzinfo=None) == AT


def test_the_week_begins_on_monday():
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
