import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from wagtail_diaspora.money import AmountFormField, written


@pytest.mark.parametrize("language", ["bs", "hr", "sr", "sr-latn", "de", "en"])
@pytest.mark.parametrize(
    ("typed", "fenings"),
    [("5", 500), ("13,50", 1350), ("13.5", 1350), (" 1.250,00 ", 125000), ("1,250", 125000), ("0", 0)],
)
def test_an_amount_means_the_same_in_every_language(language, typed, fenings):
    with translation.override(language):
        assert AmountFormField().clean(typed) == fenings


@pytest.mark.parametrize("typed", ["", "pet", "-5", "1,2,3", "5,55,5"])
def test_what_is_no_amount_is_an_error(typed):
    with pytest.raises(ValidationError):
        AmountFormField().clean(typed)


def test_what_is_shown_is_read_back():
    for language in ("bs", "en"):
        with translation.override(language):
            field = AmountFormField()
            assert field.clean(field.prepare_value(1350)) == 1350
            assert field.has_changed(1350, field.prepare_value(1350)) is False
            assert written(1350).endswith("KM")
