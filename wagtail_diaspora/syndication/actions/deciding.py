"""Published pages of registered types about which nobody has decided yet."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from wagtail_diaspora.municipalities.models import Municipality

from ..models import Item
from ..sources import registered

__all__ = ["any_of", "undecided_in"]


def undecided_in(municipality: Municipality) -> QuerySet[Page]:
    """Newest first; translations are one decision, so each has its row until one is taken."""
    if municipality.site is None or not registered():
        return Page.objects.none()
    roots = municipality.site.root_page.get_translations(inclusive=True)
    below = [Q(path__startswith=root.path) for root in roots]
    decided = Item.objects.filter(municipality=municipality, translation_key=OuterRef("translation_key"))
    pages = Page.objects.live().public().type(*registered()).filter(any_of(below), alias_of=None)
    return pages.filter(~Exists(decided)).order_by("-first_published_at")


def any_of(conditions: list[Q]) -> Q:
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found
