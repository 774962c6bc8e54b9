"""By which name and in which language a piece of news of others is passed on.

Public API: `language_of(one, municipality)`, `key_of(one, municipality)`.
"""

from uuid import UUID, uuid5

from wagtail_diaspora.citizens import known_language, served_languages
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.scripts import is_cyrillic

from ..models import RemoteItem
from ..reading import RemoteEntry

__all__ = ["key_of", "language_of"]

IN_TWO_SCRIPTS = ("sr", "sr-latn")
SAID = ("sr-cyrl", "sr-latn")


def language_of(one: RemoteItem | RemoteEntry, municipality: Municipality) -> str:
    """Whose channel it goes to. Many say `sr` for both scripts; what says nothing is as the office reads."""
    language = known_language(one.language)
    if language in IN_TWO_SCRIPTS and not one.language.startswith(SAID):
        return "sr" if is_cyrillic(one.title) else known_language("sr-latn") or language
    return language or next(iter(municipality.office_languages), served_languages()[0])


def key_of(one: RemoteItem | RemoteEntry, municipality: Municipality) -> UUID:
    """The `translation_key` of its item: there is one item for each piece of news in each language."""
    return uuid5(one.identity, language_of(one, municipality))
