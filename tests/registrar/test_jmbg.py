from datetime import date

import pytest

from wagtail_diaspora.registrar import jmbg

pytestmark = pytest.mark.usefixtures("english")


# Made for the test: 1 April 1962, region 16, check digit by the rule.
BODY = "010496216000"


def number(body=BODY):
    weights = (7, 6, 5, 4, 3, 2) * 2
    rest = sum(int(n) * w for n, w in zip(body, weights, strict=True)) % 11
    return body + str((11 - rest) % 11 % 10)


def test_right_number_is_kept_without_spaces():
    assert jmbg.clean(f" {number()[:7]} {number()[7:]} ") == number()


@pytest.mark.parametrize("typed", ["", "1", number()[:-1], number() + "1", "abcdefghijklm"])
def test_number_of_another_length_is_an_error_with_a_sentence_of_its_own(typed):
    with pytest.raises(ValueError, match="Write all 13 digits"):
        jmbg.clean(typed)


def test_wrong_check_digit_is_an_error():
    wrong = number()[:-1] + str((int(number()[-1]) + 1) % 10)
    for typed in (wrong, "9999999999999"):
        with pytest.raises(ValueError, match="does not agree with the others"):
            jmbg.clean(typed)


@pytest.mark.parametrize(
    ("born", "sex", "count"),
    [
        (date(1962, 4, 1), "M", 0),
        (date(1962, 4, 2), "M", 1),
        (date(1962, 4, 1), "F", 1),
        (date(1962, 4, 2), "F", 2),
        (None, None, 0),
    ],
)
def test_what_disagrees_is_questioned(born, sex, count):
    assert len(jmbg.doubts(number(), born=born, sex=sex)) == count


def test_number_from_elsewhere_is_questioned():
    elsewhere = number("010496271000")
    assert len(jmbg.doubts(elsewhere, born=date(1962, 4, 1), sex="M")) == 1
