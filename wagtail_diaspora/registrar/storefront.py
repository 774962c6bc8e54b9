"""What a registrar page shows: its words in the citizen's language, and what the office offers today.

Public API: `storefront`, `shipped_words`.
"""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Site
from wagtail.rich_text import RichText

from wagtail_diaspora.citizens import citizen_context
from wagtail_diaspora.municipalities.models import Municipality

from . import links
from .models import RegistrarSettings
from .models.pages import RegistrarPage, RegistrarWords
from .offer import offer_of


def storefront(page: RegistrarPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the page, in the language that is active."""
    language = translation.get_language()
    site = Site.find_for_request(request)
    office = next(iter(Municipality.objects.for_site(site).select_related("registrar_settings")), None)
    settings = getattr(office, "registrar_settings", None)
    return {
        **citizen_context(request, language=language),
        **_words(page, language, office, settings),
        "municipality": office,
        "settings": settings,
        **(_offered(settings) if settings else {}),
        "order_url": f"{links.address('new_order')}?page={page.pk}",
    }


def shipped_words(name: str, municipality: Municipality | None, settings: RegistrarSettings | None) -> Any:
    """Our words for a field, in the active language."""
    if municipality is None:
        return ""
    context = {"municipality": municipality, "settings": settings}
    return mark_safe(render_to_string(f"diaspora_registrar/words/{name}.html", context).strip())  # noqa: S308


def _words(page: RegistrarPage, language: str, office: Any, settings: Any) -> dict[str, Any]:
    own = _written_in(page, language)
    words = {
        name: RichText(written)
        if (written := getattr(own, name, ""))
        else shipped_words(name, office, settings)
        for name in RegistrarWords.WORDS
    }
    return {"words": words, "title": getattr(own, "title", "") or _("Virtual registrar")}


def _written_in(page: RegistrarPage, language: str) -> Any:
    """The page itself, its translation, or the row with its words in that language."""
    if page.locale.language_code.lower() == language:
        return page
    translated = page.get_translations().live().filter(locale__language_code__iexact=language).first()
    return translated or next((row for row in page.other_words.all() if row.language == language), None)


def _offered(settings: RegistrarSettings) -> dict[str, Any]:
    offer, today = offer_of(settings), timezone.localdate()
    closed = None
    if not offer.calendar.takes_orders(today):
        closures = settings.municipality.closures.filter(takes_orders=False)
        closed = closures.filter(first_day__lte=today, last_day__gte=today).order_by("-last_day").first()
    return {
        "types": [(kind, offer.due_on([kind], received=today)) for kind in offer.types],
        "closed": closed,
        "opens_on": closed and closed.last_day + timedelta(days=1),
    }
