import contextlib
from datetime import date

import pytest
from django.template import Context, Template
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
        "1. aprila 1962. godine",
        "1. IV 1962",
        "1.iv.1962.",
        "1.4.1962. g.",
        "1. 4. 1962. godine",
        "1. 4. 1962. год.",
        "1 апр 1962",
    ],
)
def test_day_comes_before_month_in_every_language(language, typed):
    with translation.override(language):
        assert dates.DateField().clean(typed) == date(1962, 4, 1)


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=st.dates(date(1850, 1, 1), date(2099, 12, 31)))
def test_date_in_words_is_read_back(language, day):
    assert dates.parse(dates.in_words(day, language)) == day
    assert dates.parse(dates.in_sentence(day, language)) == day


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
    "typed",
    ["31.2.1962", "1.13.1962", "1.4.62", "april", "1962", "0.1.1962", "1.4.1962.5", "x", "." * 99],
)
def test_other_text_gets_a_sentence(typed):
    with pytest.raises(dates.DateError) as error:
        dates.parse(typed)
    assert "1.\u00a04.\u00a01962" in str(error.value.args[0])


@pytest.mark.parametrize("typed", ["1.4.1799", "1799", "4/1799", "1. 4. 0962", "1799-04-01"])
def test_a_year_before_all_records_gets_its_own_sentence(typed):
    with translation.override("en"), pytest.raises(dates.DateError, match="no record is that old"):
        dates.parse_partial(typed)


@pytest.mark.parametrize(
    ("language", "listed", "within"),
    [
        ("bs", "24. juli 2027.", "24. jula 2027."),
        ("hr", "24. srpnja 2027.", "24. srpnja 2027."),
        ("sr-latn", "24. jul 2027.", "24. jula 2027."),
        ("sr", "24. јул 2027.", "24. јула 2027."),
        ("de", "24. Juli 2027", "24. Juli 2027"),
        ("en", "24 July 2027", "24 July 2027"),
    ],
)
def test_within_a_sentence_the_month_is_in_the_genitive(language, listed, within):
    day = date(2027, 7, 24)
    assert dates.in_words(day, language) == listed
    template = Template("{% load diaspora_tags %}{{ day|in_sentence }}")
    with translation.override(language):
        assert template.render(Context({"day": day})) == within
    assert len(dates.MONTHS_IN_SENTENCE[language]) == 12


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1921", dates.PartialDate(1921)),
        ("3/1921", dates.PartialDate(1921, 3)),
        ("mart 1921.", dates.PartialDate(1921, 3)),
        ("III 1921", dates.PartialDate(1921, 3)),
        ("1921. godine", dates.PartialDate(1921)),
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
