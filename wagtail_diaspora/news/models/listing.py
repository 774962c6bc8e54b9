"""Which pages a reader may see in a list, whatever their type.

Public API: `below`, `narrowed`, `years`, `upcoming`, `root_for`, `with_pictures`, `kinds`.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce, ExtractYear
from django.http import HttpRequest
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageQuerySet, Site, get_page_models

from .base import AbstractNewsPage
from .events import AbstractEventPage

CARD = "fill-480x320"


def kinds() -> dict[str, type[AbstractNewsPage]]:
    """One model for each kind, in the order in which the models were made; it lends its name."""
    found: dict[str, type[AbstractNewsPage]] = {}
    for model in _tables():
        found.setdefault(model.diaspora_kind, model)
    return found


def below(root: Page, *only: str) -> PageQuerySet:
    """Live pages below `root` that nobody is kept from, newest first; of these kinds `only`, if any is named.

    Each has `shown_on`.
    """
    models = [model for model in _tables() if not only or model.diaspora_kind in only]
    pages = Page.objects.live().public().descendant_of(root).type(*models)
    return pages.annotate(shown_on=_first_of("published_on", models)).order_by("-shown_on", "-pk")


def narrowed(
    pages: PageQuerySet, *, kind: str = "", topic: str = "", year: int | None = None
) -> PageQuerySet:
    if kind:
        pages = pages.type(*(model for model in _tables() if model.diaspora_kind == kind))
    if topic:
        about = (model.objects.filter(topics__code=topic).values("pk") for model in _tables())
        pages = pages.filter(reduce(or_, (Q(pk__in=keys) for keys in about)))
    return pages.filter(shown_on__year=year) if year else pages


def upcoming(root: Page, *, now: datetime) -> PageQuerySet:
    """Events that are not over, the next one first. Each has `begins`."""
    models = [model for model in _tables() if issubclass(model, AbstractEventPage)]
    ends = Coalesce(_first_of("ends_at", models), _first_of("starts_at", models))
    pages = below(root, *(model.diaspora_kind for model in models))
    begins = _first_of("starts_at", models)
    return pages.annotate(begins=begins, over_at=ends).filter(over_at__gte=now).order_by("begins", "pk")


def years(pages: PageQuerySet) -> list[int]:
    found = pages.order_by().annotate(year=ExtractYear("shown_on")).values_list("year", flat=True).distinct()
    return sorted(found, reverse=True)


def root_for(request: HttpRequest | None, page: Page | None = None) -> Page | None:
    """Below which a list looks: the home page of the Site, in the language of `page` or of the request.

    Where there is no request it is the page's own Site, else the default one.
    """
    site = Site.find_for_request(request) if request else page.get_site() if page else None
    site = site or Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return site and site.root_page
    locale = page.locale if page else Locale.get_active()
    return site.root_page.get_translation_or_none(locale) or site.root_page


def with_pictures(pages: Iterable[Page]) -> list[Page]:
    """The pages with their pictures and these with their renditions, by two queries."""
    pages = list(pages)
    keys = {page.picture_id for page in pages if page.picture_id}
    pictures = (
        get_image_model().objects.filter(pk__in=keys).prefetch_renditions(CARD).in_bulk() if keys else {}
    )
    for page in pages:
        page.picture = pictures.get(page.picture_id)
    return pages


def _tables() -> list[type[AbstractNewsPage]]:
    """Ours and those of a host that extends ours."""
    news = [model for model in get_page_models() if issubclass(model, AbstractNewsPage)]
    return [model for model in news if model._meta.get_field("published_on").model is model]


def _first_of(field: str, models: list[type[AbstractNewsPage]]) -> Any:
    """The value of that field in whichever table the page has its row."""
    links = [model._meta.get_ancestor_link(Page).related_query_name() for model in models]
    paths = [F(f"{link}__{field}") for link in links]
    return Coalesce(*paths) if len(paths) > 1 else paths[0]
