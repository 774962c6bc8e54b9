"""Countries by ISO 3166-1 code, with their names from the Unicode CLDR in the reader's language.

Public API: `country_name`, `country_choices`. Serbian names are ijekavian, as in Bosnia and Herzegovina.
"""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.text import capfirst
from django.utils.translation import get_language

from .alphabet import place_of

__all__ = ["country_choices", "country_name"]

LOCALES = {"sr": "sr_Cyrl_BA", "sr-latn": "sr_Latn_BA"}
NOT_COUNTRIES = {
    *("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC"),
    *("QO", "TA", "UN", "XA", "XB", "ZZ"),
}
"""Two-letter codes of CLDR that are parts, groups or placeholders; Kosovo (XK) is none of them."""


def country_name(code: str, *, language: str | None = None) -> str:
    """In `language`, by default the active one; an unknown code is its own name."""
    return _names(language or get_language() or "en").get(code, code)


def country_choices() -> list[tuple[str, str]]:
    """All countries in the alphabetical order of the active language, an empty choice first."""
    return [("", "—"), *_sorted(get_language() or "en")]


@lru_cache(maxsize=32)
def _names(language: str) -> dict[str, str]:
    try:
        locale = Locale.parse(LOCALES.get(language, language), sep="_" if language in LOCALES else "-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return {
        code: capfirst(name)
        for code, name in locale.territories.items()
        if len(code) == 2 and code not in NOT_COUNTRIES
    }


@lru_cache(maxsize=32)
def _sorted(language: str) -> list[tuple[str, str]]:
    return sorted(_names(language).items(), key=lambda country: place_of(country[1], language=language))
