"""News in the other script.

Serbian is offered in both scripts, where no page is in the other one itself, and a partner reads in the
script that it chose.
"""

from collections.abc import Callable
from dataclasses import replace

from wagtail_diaspora.cyrillic import cyrillic_html, latin_html, to_cyrillic_text, to_latin_text

from ..entries import Entry
from ..models import Channel
from ..states import Script

__all__ = [
    "in_cyrillic",
    "in_other_scripts",
    "in_script",
    "is_being_written",
    "language_in",
    "way_to",
    "words_in_script",
]

OTHER_SCRIPT = {"sr-latn": "sr", "sr": "sr-latn"}
IN_TWO_SCRIPTS = ("bs", "hr", "sr", "sr-latn")
WORDS = ("title", "summary", "author", "note", "radio_script", "pronunciation")


def in_other_scripts(channel: Channel) -> list[str]:
    """Languages in which the channel is offered beside its own."""
    other = OTHER_SCRIPT.get(channel.language)
    if other is None or Channel.objects.filter(municipality=channel.municipality_id, language=other).exists():
        return []
    return [other]


def is_being_written(code: str, language: str) -> bool:
    """Whether the feeds in this language, also by another script, are not those of the newest number yet."""
    languages = (language, OTHER_SCRIPT.get(language, language))
    channels = Channel.objects.being_written()
    return channels.filter(municipality__code=code, language__in=languages).exists()


def as_it_is(entry: Entry) -> Entry:
    return entry


def in_cyrillic(entry: Entry) -> Entry:
    """The same entry: who has read it in one script need not read it in the other."""
    return _written(entry, to_cyrillic_text, cyrillic_html)


def in_latin(entry: Entry) -> Entry:
    return _written(entry, to_latin_text, latin_html)


def way_to(language: str, channel: Channel) -> Callable[[Entry], Entry]:
    """How its entries are written in this language: its own, or that in the other script."""
    if language == channel.language:
        return as_it_is
    return in_cyrillic if language == "sr" else in_latin


def in_script(entry: Entry, *, script: str, language: str) -> Entry:
    """As a partner reads it, where the language has two scripts."""
    if script == Script.PUBLISHED or language not in IN_TWO_SCRIPTS:
        return entry
    return in_cyrillic(entry) if script == Script.CYRILLIC else in_latin(entry)


def words_in_script(words: str, *, script: str, language: str) -> str:
    """The same for plain text."""
    if script == Script.PUBLISHED or language not in IN_TWO_SCRIPTS:
        return words
    return to_cyrillic_text(words) if script == Script.CYRILLIC else to_latin_text(words)


def language_in(script: str, language: str) -> str:
    """The language whose words of ours go with that script."""
    if script == Script.CYRILLIC and language in IN_TWO_SCRIPTS:
        return "sr"
    return "sr-latn" if (script, language) == (Script.LATIN, "sr") else language


def _written(entry: Entry, text: Callable[[str], str], html: Callable[[str], str]) -> Entry:
    """Addresses stay as they are, in attributes and in running text."""
    words = {name: text(getattr(entry, name)) for name in WORDS}
    picture = entry.picture and replace(entry.picture, alt=text(entry.picture.alt))
    happening = entry.happening and replace(entry.happening, place=text(entry.happening.place))
    return replace(entry, body=html(entry.body), picture=picture, happening=happening, **words)
