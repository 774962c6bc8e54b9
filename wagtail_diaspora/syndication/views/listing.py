"""Which feeds a municipality has, as they are listed for people and for software."""

from typing import Any

from wagtail_diaspora.alphabet import place_of
from wagtail_diaspora.citizens import language_name
from wagtail_diaspora.municipalities.models import Municipality, Topic
from wagtail_diaspora.words import say

from .. import addresses
from ..formats import FORMATS
from ..models import FeedFile

__all__ = ["feeds_of"]


def feeds_of(municipality: Municipality) -> list[dict[str, Any]]:
    """By language: the feed of all topics first, then by topic, each with its formats."""
    names = {topic.code: say(topic.name) for topic in Topic.objects.all()}
    files = FeedFile.objects.filter(channel__municipality=municipality, partner=None)
    paths = files.values_list("path", flat=True)
    found: dict[str, dict[str, set[str]]] = {}
    for path in paths:
        _code, language, selection, _file = path.split("/")
        found.setdefault(language, {}).setdefault(selection, set()).add(path)
    return [
        {"code": language, "name": language_name(language), "feeds": _feeds(found[language], names)}
        for language in sorted(found)
    ]


def _feeds(selections: dict[str, set[str]], names: dict[str, str]) -> list[dict[str, Any]]:
    listed = [code for code in selections if code == addresses.ALL or code in names]
    ordered = sorted(listed, key=lambda code: (code != addresses.ALL, place_of(names.get(code, ""))))
    return [
        {
            "topic": None if code == addresses.ALL else names[code],
            "formats": [
                {"name": form.name, "label": form.label, "url": addresses.feed(path)}
                for form in FORMATS.values()
                for path in selections[code]
                if path.endswith(f"/{form.name}.{form.suffix}")
            ],
        }
        for code in ordered
    ]
