"""What a registrar page shows: its words in the citizen's language, and what the office offers today.

Public API: `storefront`, `prices_of`, `privacy_notice`, `shipped_words`. What the settings decide stands in
templates beside the words, never in them: words are stored, and would be true no longer when a setting
changes.

All of it is the same for everybody, so each process keeps it written, by all that it is made of: the
office's version (as `offer` does, for a minute at most), the day, the language and the words.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Site
from wagtail.rich_text import RichText

from wagtail_diaspora import dates, money
from wagtail_diaspora.citizens import citizen_context
from wagtail_diaspora.keeping import this_minute
from wagtail_diaspora.locales import language_of
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


@dataclass(frozen=True, eq=False)
class Front:
    """An office as everybody sees it, from one version of it. Never change its rows: they are shared."""

    settings: RegistrarSettings
    offer: Offer

    def on(self, day: date) -> dict[str, Any]:
        """What is offered that day, in the active language."""
        return {"types": _priced(self.offer, day, translation.get_language()), **self.offer.closure(day)}


def storefront(page: RegistrarPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the page, in the language that is active."""
    language = translation.get_language()
    site = Site.find_for_request(request)
    front = _front_of(site)
    office = front.settings.municipality if front else Municipality.objects.for_site(site).first()
    own = _written_in(page, language)
    title = getattr(own, "title", "") or _("Virtual registrar")
    order_url = f"{links.address('new_order')}?page={page.pk}"
    write = _kept_body if front else _body
    body = write(front, office, timezone.localdate(), language, order_url, title, _own_words(own))
    return citizen_context(request, language=language) | {"title": title, "body": body}


def prices_of(request: HttpRequest | None) -> dict[str, Any]:
    """What the office of this Site offers today, and where; empty where it takes no orders."""
    site = Site.find_for_request(request) if request else None
    front = _front_of(site)
    page = _page_of(site, None) if front else None
    if page is None:
        return {}
    return {"registrar_url": page.get_url(request), **front.on(timezone.localdate())}


def privacy_notice(municipality: Municipality, *, page_id: int | None) -> Any:
    """Of the page on which the order was begun, else of the office's page, in the active language."""
    page = _page_of(municipality.site, page_id)
    own = _written_in(page, translation.get_language()) if page else None
    return _said(own, "privacy_notice", municipality)


def shipped_words(name: str, municipality: Municipality | None) -> Any:
    """Our words for a field, in the active language."""
    if municipality is None:
        return ""
    words = render_to_string(f"diaspora_registrar/words/{name}.html", {"municipality": municipality})
    return mark_safe(words.strip())  # noqa: S308


def _front_of(site: Site | None) -> Front | None:
    """In one small query, which says whether what is known is still true."""
    known = RegistrarSettings.objects.version_at(site.pk) if site else None
    return _front(*known, this_minute()) if known else None


@lru_cache(maxsize=256)
def _front(pk: int, version: int, minute: int) -> Front | None:
    settings = RegistrarSettings.objects.select_related("municipality").filter(pk=pk).first()
    return settings and Front(settings, offer_of(settings))


def _body(
    front: Front | None,
    office: Municipality | None,
    today: date,
    language: str,
    order_url: str,
    title: str,
    words: tuple[str, ...],
) -> SafeString:
    """The page below the switch of languages. It knows nothing but its arguments: no request, no visitor."""
    said = zip(RegistrarWords.WORDS, words, strict=True)
    context = {
        "municipality": office,
        "policy": front and front.settings,
        **(front.on(today) if front else {}),
        "diaspora_language": language,
        "order_url": order_url,
        "title": title,
        "words": {name: written or shipped_words(name, office) for name, written in said},
    }
    return render_to_string("diaspora_registrar/registrar_body.html", context)


_kept_body = lru_cache(maxsize=256)(_body)


def _own_words(own: Any) -> tuple[str, ...]:
    """What the office wrote, with its links as they are now; empty where it wrote nothing."""
    written = (getattr(own, name, "") for name in RegistrarWords.WORDS)
    return tuple(SafeString(RichText(text)) if text else "" for text in written)


def _said(own: Any, name: str, office: Municipality | None) -> Any:
    """The office's words where it wrote any, else ours."""
    written = getattr(own, name, "")
    return RichText(written) if written else shipped_words(name, office)


def _page_of(site: Site | None, page_id: int | None) -> RegistrarPage | None:
    live = RegistrarPage.objects.live()
    page = live.filter(pk=page_id).first() if page_id else None
    if page and site and stands_in(page, site.pk):
        return page
    return live.descendant_of(site.root_page, inclusive=True).first() if site else None


def _written_in(page: RegistrarPage, language: str) -> Any:
    """The page itself, its translation, or the row with its words in that language."""
    if language_of(page).lower() == language:
        return page
    translated = page.get_translations().live().filter(locale__language_code__iexact=language).first()
    return translated or next((row for row in page.other_words.all() if row.language == language), None)


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
