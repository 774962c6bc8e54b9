import pytest
from django.utils import translation

from wagtail_diaspora.alphabet import place_of

PLACES = [
    "Dvor",
    "Džep",
    "Đakovo",
    "Ivanjica",
    "Luka",
    "LUKAVAC",
    "Ljubuški",
    "LJUTA",
    "ǈutoč",
    "Nova",
    "Njivice",
]
ABROAD = ["Anjou", "Ankara", "Ljungby", "Lund"]


@pytest.mark.parametrize(
    ("language", "names"),
    [("bs", PLACES), ("hr", PLACES), ("sr-latn", PLACES), ("sr", PLACES), ("de", ABROAD), ("en", ABROAD)],
)
def test_two_characters_are_one_letter_where_the_language_has_it_so(language, names):
    mixed = names[::-1]
    assert sorted(mixed, key=lambda name: place_of(name, language=language)) == names
    with translation.override(language):
        assert sorted(mixed, key=place_of) == names
