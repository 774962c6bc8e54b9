"""What a registrar page shows: its words in the citizen's language, and what the office offers today.

Public API: `storefront`, `prices_of`, `privacy_notice`, `shipped_words`. What the settings decide stands in
templates beside the words, never in them: words are stored, and would be true no longer when a setting
changes.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Site
from wagtail.rich_text import RichText

from wagtail_diaspora import dates, money
from wagtail_diaspora.citizens import citizen_context
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.municipalities.places import stands_in
from wagtail_diaspora.words import say

from . import links
from .models import RegistrarSettings
from .models.pages import RegistrarPage, RegistrarWords
from .offer import Offer, offer_of


@dataclass(frozen=True)
class PricedType:
    """A document in the table of prices, as it is read; no fee is an empty one."""

    code: str
    name: str
    summary: str
    fee: str
    ready_by: str


def storefront(page: RegistrarPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the page, in the language that is active."""
    language = translation.get_language()
    site = Site.find_for_request(request)
    settings = _settings_of(site)
    office = settings.municipality if settings else Municipality.objects.for_site(site).first()
    return {
        **citizen_context(request, language=language),
        **_words(page, language, office),
        "municipality": office,
        "settings": settings,
        **(_offered(settings) if settings else {}),
        "order_url": f"{links.address('new_order')}?page={page.pk}",
    }


def prices_of(request: HttpRequest | None) -> dict[str, Any]:
    """What the office of this Site offers today, and where; empty where it takes no orders."""
    site = Site.find_for_request(request) if request else None
    settings = _settings_of(site)
    page = _page_of(settings.municipality, None) if settings else None
    if page is None:
        return {}
    return {"registrar_url": page.get_url(request), **_offered(settings)}


def privacy_notice(municipality: Municipality, *, page_id: int | None) -> Any:
    """Of the page on which the order was begun, else of the office's page, in the active language."""
    page = _page_of(municipality, page_id)
    own = _written_in(page, translation.get_language()) if page else None
    return _said(own, "privacy_notice", municipality)


def shipped_words(name: str, municipality: Municipality | None) -> Any:
    """Our words for a field, in the active language."""
    if municipality is None:
        return ""
    words = render_to_string(f"diaspora_registrar/words/{name}.html", {"municipality": municipality})
    return mark_safe(words.strip())  # noqa: S308


def _settings_of(site: Site | None) -> RegistrarSettings | None:
    found = RegistrarSettings.objects.select_related("municipality").filter(municipality__site=site)
    return next(iter(found), None) if site else None


def _words(page: RegistrarPage, language: str, office: Municipality | None) -> dict[str, Any]:
    own = _written_in(page, language)
    words = {name: _said(own, name, office) for name in RegistrarWords.WORDS}
    return {"words": words, "title": getattr(own, "title", "") or _("Virtual registrar")}


def _said(own: Any, name: str, office: Municipality | None) -> Any:
    """The office's words where it wrote any, else ours."""
    written = getattr(own, name, "")
    return RichText(written) if written else shipped_words(name, office)


def _page_of(municipality: Municipality, page_id: int | None) -> RegistrarPage | None:
    live = RegistrarPage.objects.live()
    page = live.filter(pk=page_id).first() if page_id else None
    if page and stands_in(page, municipality.site_id):
        return page
    if municipality.site:
        return live.descendant_of(municipality.site.root_page, inclusive=True).first()
    return None


def _written_in(page: RegistrarPage, language: str) -> Any:
    """The page itself, its translation, or the row with its words in that language."""
    if page.locale.language_code.lower() == language:
        return page
    translated = page.get_translations().live().filter(locale__language_code__iexact=language).first()
    return translated or next((row for row in page.other_words.all() if row.language == language), None)


def _offered(settings: RegistrarSettings) -> dict[str, Any]:
    offer, today = offer_of(settings), timezone.localdate()
    return {"types": _priced(offer, today, translation.get_language()), **offer.closure(today)}


@lru_cache(maxsize=256)
def _priced(offer: Offer, today: date, language: str) -> tuple[PricedType, ...]:
    """In the active language; the same for everybody who reads it that day."""
    return tuple(
        PricedType(
            code=kind.code,
            name=say(kind.name, language),
            summary=say(kind.summary, language),
            fee=money.written(kind.fee_minor) if kind.fee_minor else "",
            ready_by=dates.in_sentence(offer.due_on([kind], received=today), language),
        )
        for kind in offer.types
    )
