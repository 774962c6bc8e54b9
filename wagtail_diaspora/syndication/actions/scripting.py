"""Serbian published in Latin letters is offered in Cyrillic as well, where no page is Cyrillic itself."""

from dataclasses import replace

from wagtail_diaspora.cyrillic import cyrillic_html, to_cyrillic_text

from ..entries import Entry
from ..models import Channel

__all__ = ["as_it_is", "in_cyrillic", "in_other_scripts", "is_offered"]

CYRILLIC_OF = {"sr-latn": "sr"}
WORDS = ("title", "summary", "author", "note", "radio_script")


def in_other_scripts(channel: Channel) -> list[str]:
    """Languages in which the channel is offered beside its own."""
    other = CYRILLIC_OF.get(channel.language)
    if other is None or Channel.objects.filter(municipality=channel.municipality_id, language=other).exists():
        return []
    return [other]


def is_offered(code: str, language: str) -> bool:
    """Whether the municipality of this code has feeds in this language, also by another script."""
    languages = [language, *(latin for latin, cyrillic in CYRILLIC_OF.items() if cyrillic == language)]
    return Channel.objects.filter(municipality__code=code, language__in=languages).exists()


def as_it_is(entry: Entry) -> Entry:
    return entry


def in_cyrillic(entry: Entry) -> Entry:
    """The same entry: who has read it in one script need not read it in the other."""
    words = {name: to_cyrillic_text(getattr(entry, name)) for name in WORDS}
    picture = entry.picture and replace(entry.picture, alt=to_cyrillic_text(entry.picture.alt))
    happening = entry.happening and replace(entry.happening, place=to_cyrillic_text(entry.happening.place))
    return replace(entry, body=cyrillic_html(entry.body), picture=picture, happening=happening, **words)
