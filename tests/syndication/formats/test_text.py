from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from wagtail_diaspora.syndication.formats.text import address, clean, line, mail_date, stamp, tag

from .nasty import nasty, without_controls

SARAJEVO = timezone(timedelta(hours=1))


@given(nasty)
def test_clean_text_is_all_that_xml_allows(text):
    assert clean(text) == without_controls(text)
    element = etree.Element("x")
    element.text = clean(text)


@given(st.text())
def test_a_line_is_one_line(text):
    assert not set("\n\r\t") & set(line(text))
    assert line(text) == line(line(text))


def test_a_line_keeps_spaces_that_must_not_break():
    assert line(" 10\u00a0000 \n KM ") == "10\u00a0000 KM"


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/a b?c=č&d=1#e", "https://example.org/a%20b?c=%C4%8D&d=1#e"),
        ("https://example.org/%C4%8D", "https://example.org/%C4%8D"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("https://općina.example.org:8080/č", "https://xn--opina-hxa.example.org:8080/%C4%8D"),
        (f"https://{'č' * 80}.example.org/", f"https://{'%C4%8D' * 80}.example.org/"),
        ("", ""),
    ],
)
def test_an_address_is_ascii(url, written):
    assert address(url) == written


@pytest.mark.parametrize(
    "url", ["/a", "a", "//example.org/a", "https:///a", "javascript:alert(1)", "mailto:a@b.c"]
)
def test_what_is_no_absolute_address_is_refused(url):
    with pytest.raises(ValueError, match="Not an absolute address"):
        address(url)


def test_times_are_in_utc_and_whole_seconds():
    moment = datetime(2026, 1, 1, 0, 30, 5, 999_999, tzinfo=SARAJEVO)
    assert stamp(moment) == "2025-12-31T23:30:05Z"
    assert mail_date(moment) == "Wed, 31 Dec 2025 23:30:05 GMT"
    assert stamp(None) == ""


def test_a_time_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="A time without its zone"):
        stamp(datetime(2026, 1, 1))


def test_years_before_1000_keep_four_digits():
    assert stamp(datetime(987, 1, 1, tzinfo=UTC)) == "0987-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("bs", "bs"),
        ("sr", "sr-Cyrl"),
        ("sr-latn", "sr-Latn"),
        ("sr_Latn", "sr-Latn"),
        ("sr-Cyrl", "sr-Cyrl"),
        ("", ""),
    ],
)
def test_a_language_tag_says_the_script_of_serbian(language, written):
    assert tag(language) == written
