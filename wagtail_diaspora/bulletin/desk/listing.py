"""What the desk of an issue lists: what stands in it, what is proposed, and what was passed over."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.syndication.models import Edition, Item
from wagtail_diaspora.syndication.views.examples import card_of

from ..actions.contents import examples_in
from ..actions.proposals import passed_over_by, proposed_to
from ..models import Issue

__all__ = ["passed_over", "proposed", "standing_in"]

PER_PAGE = 20


def standing_in(issue: Issue, language: str) -> list[dict[str, Any]]:
    """In its order, each with the key of its `item`; of what is `gone` only a title."""
    cards = _cards(examples_in(issue, language), issue.municipality)
    keys = list(issue.contributions.values_list("item", flat=True))
    gone = _titles([key for key in keys if key not in cards])
    untitled = _("An example without a title")
    return [cards.get(key) or {"item": key, "title": gone.get(key) or untitled, "gone": True} for key in keys]


def proposed(issue: Issue, language: str, page: str | None) -> Page:
    return _page(proposed_to(issue.municipality, language), issue.municipality, page)


def passed_over(issue: Issue, language: str, page: str | None) -> Page:
    return _page(passed_over_by(issue.municipality, language), issue.municipality, page)


def _page(editions: QuerySet[Edition], municipality: Municipality, page: str | None) -> Page:
    """Where the one asked for has become empty, the last."""
    listed = Paginator(editions, PER_PAGE).get_page(page)
    listed.cards = list(_cards(listed.object_list, municipality).values())
    return listed


def _cards(editions: QuerySet[Edition], municipality: Municipality) -> dict[UUID, dict[str, Any]]:
    editions = editions.select_related("item__remote__source")
    return {
        edition.item_id: {"item": edition.item_id, **card_of(edition, municipality)} for edition in editions
    }


def _titles(items: list[UUID]) -> dict[UUID, str]:
    """Of its page, or of what a hub had read; what was told of it is gone."""
    if not items:
        return {}
    rows = Item.objects.filter(pk__in=items).values_list("pk", "remote__title", "editions__page__title")
    titles: dict[UUID, str] = {}
    for key, theirs, ours in rows:
        titles[key] = titles.get(key) or theirs or ours or ""
    return titles
