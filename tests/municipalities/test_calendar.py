from datetime import date

import pytest

from tests.factories.municipalities import MunicipalityFactory
from wagtail_diaspora.municipalities.calendar import calendar_of
from wagtail_diaspora.municipalities.models import Closure, Holiday

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 4, 24)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, FRIDAY), (1, date(2026, 4, 27)), (5, date(2026, 5, 4)), (6, date(2026, 5, 5))],
)
def test_working_days_pass_over_weekends_and_holidays(days, expected):
    office = MunicipalityFactory()
    Holiday.objects.create(municipality=office, day=date(2020, 5, 1), yearly=True)
    Holiday.objects.create(municipality=MunicipalityFactory(), day=date(2026, 4, 27))
    assert calendar_of(office).add_working_days(FRIDAY, days) == expected


def test_no_working_days_from_a_saturday_is_the_monday():
    assert calendar_of(MunicipalityFactory()).add_working_days(date(2026, 4, 25), 0) == date(2026, 4, 27)


def test_closure_is_no_working_time():
    office = MunicipalityFactory()
    Closure.objects.create(municipality=office, first_day=date(2026, 4, 27), last_day=date(2026, 5, 8))
    assert calendar_of(office).add_working_days(FRIDAY, 1) == date(2026, 5, 11)
    assert [calendar_of(office).is_working_day(day) for day in (FRIDAY, date(2026, 5, 8))] == [True, False]


def test_office_closed_for_ever_is_an_error():
    office = MunicipalityFactory()
    Closure.objects.create(municipality=office, first_day=date(2026, 1, 1), last_day=date(2999, 1, 1))
    with pytest.raises(ValueError, match="closures"):
        calendar_of(office).add_working_days(FRIDAY, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_working_days_take_two_queries(rows, django_assert_num_queries):
    office = MunicipalityFactory()
    for number in range(rows):
        Holiday.objects.create(municipality=office, day=date(2026, 6, 1 + number))
    with django_assert_num_queries(2):
        calendar_of(office).add_working_days(FRIDAY, 40)
