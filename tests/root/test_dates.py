import contextlib
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from wagtail_diaspora import dates

LANGUAGES = ["bs", "hr", "sr-latn", "sr", "de", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    [
        "1.4.1962.",
        "01/04/1962",
        "1-4-1962",
        "1 4 1962",
        "01041962",
        "1962-04-01",
        " 1. 4. 1962 ",
        "1. april 1962.",
    ],
)
def test_day_comes_before_month_in_every_language(language, typed):
    with translation.override(language):
        assert dates.DateField().clean(typed) == date(1962, 4, 1)


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=st.dates(date(1850, 1, 1), date(2099, 12, 31)))
def test_date_in_words_is_read_back(language, day):
    assert dates.parse(dates.in_words(day, language)) == day


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("bs", "1. mart 1962."),
        ("hr", "1. ožujka 1962."),
        ("sr-latn", "1. mart 1962."),
        ("sr", "1. март 1962."),
        ("de", "1. März 1962"),
        ("en", "1 March 1962"),
        ("en-gb", "1 March 1962"),
    ],
)
def test_in_words_month_is_a_word(language, words):
    assert dates.in_words(date(1962, 3, 1), language) == words


@pytest.mark.parametrize(
    "typed", ["31.2.1962", "1.13.1962", "1.4.62", "april", "1962", "0.1.1962", "1.4.1962.5", "x"]
)
def test_other_text_gets_a_sentence(typed):
    with pytest.raises(dates.DateError) as error:
        dates.parse(typed)
    assert "1. 4. 1962" in str(error.value.args[0])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1921", dates.PartialDate(1921)),
        ("3/1921", dates.PartialDate(1921, 3)),
        ("mart 1921.", dates.PartialDate(1921, 3)),
        ("ожујак 1921", None),
        ("2.3.1921.", dates.PartialDate(1921, 3, 2)),
    ],
)
def test_partial_date_may_lack_day_and_month(typed, expected):
    if expected is None:
        with pytest.raises(dates.DateError):
            dates.parse_partial(typed)
    else:
        assert dates.parse_partial(typed) == expected


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_date_error(typed):
    with contextlib.suppress(dates.DateError):
        assert isinstance(dates.parse_partial(typed), dates.PartialDate)


@pytest.mark.parametrize(
    ("value", "shown"), [("1962-04-01", "1. 4. 1962."), ("1962", "1962."), ("1/4/62", "1/4/62")]
)
def test_input_shows_a_kept_date_as_people_write_it(value, shown):
    assert dates.DateInput().format_value(value) == shown
