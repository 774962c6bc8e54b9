"""How the pages of the news room are read, and those that a host derives from them."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.rich_text import RichText

from wagtail_diaspora.news.models import AbstractEventPage, AbstractGoodPracticePage, AbstractNewsPage

from .markup import as_html
from .sources import register_source

__all__ = ["register_own_sources"]

COMMON = {
    "summary": "summary",
    "image": "picture",
    "image_credit": "picture_credit",
    "date": "published_on",
    "topics": "topics",
    "radio_script": "radio_script",
    "pronunciation": "pronunciation",
    "sound": "audio",
    "kind": lambda page: page.diaspora_kind,
}
HAPPENING = {"starts_at": "starts_at", "ends_at": "ends_at", "place": "place"}


def register_own_sources() -> None:
    register_source(AbstractNewsPage, **COMMON, body=("body",))
    register_source(AbstractEventPage, **COMMON, **HAPPENING, body=("body",))
    register_source(AbstractGoodPracticePage, **COMMON, **EXAMPLE)


def in_short(page: AbstractGoodPracticePage) -> dict[str, Any]:
    return {
        "problem": RichText(page.problem),
        "partners": page.partners,
        "cost": page.cost,
        "result": RichText(page.result),
    }


def example(page: AbstractGoodPracticePage) -> SafeString:
    """What makes an example one, under its headings; whoever passes it on has it whole."""
    parts = [
        (pgettext("good practice", "Problem"), RichText(page.problem)),
        (_("What was done"), RichText(page.done)),
        (pgettext("good practice", "Partners"), page.partners),
        (pgettext("good practice", "Cost"), page.cost),
        (pgettext("good practice", "Result"), RichText(page.result) if page.result else ""),
        (_("Who can be asked"), page.contact),
    ]
    return SafeString("".join(_part(title, value) for title, value in parts if value))


EXAMPLE = {"body": (example, "body"), "example": in_short}


def _part(title: str, value: Any) -> SafeString:
    return format_html("<h2>{}</h2>{}", title, SafeString(as_html(value)))
