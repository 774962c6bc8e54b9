"""Published pages of registered types about which nobody has decided yet.

Public API: `undecided_in(municipalities)`.
"""

from collections.abc import Iterable

from django.db.models import BigIntegerField, Case, Exists, OuterRef, QuerySet, Value, When
from wagtail.models import Page

from wagtail_diaspora.municipalities.models import Municipality

from ..models import Item
from ..sources import registered

__all__ = ["undecided_in"]


def undecided_in(municipalities: Iterable[Municipality]) -> QuerySet[Page]:
    """Newest first; translations are one decision, so each has its row until one is taken.

    One query, however many municipalities there are. Their `site` and its `root_page` are read.
    """
    whose = [When(path__startswith=path, then=Value(pk)) for path, pk in _roots(municipalities)]
    if not whose or not registered():
        return Page.objects.none()
    pages = Page.objects.live().public().type(*registered()).filter(alias_of=None)
    pages = pages.annotate(town=Case(*whose, output_field=BigIntegerField())).filter(town__isnull=False)
    decided = Item.objects.filter(municipality=OuterRef("town"), translation_key=OuterRef("translation_key"))
    return pages.filter(~Exists(decided)).order_by("-first_published_at", "-pk")


def _roots(municipalities: Iterable[Municipality]) -> list[tuple[str, int]]:
    """Where their pages stand, in each language; a website within another one before that."""
    towns = {town.site.root_page.translation_key: town.pk for town in municipalities if town.site}
    roots = Page.objects.filter(translation_key__in=towns).values_list("path", "translation_key")
    return sorted(((path, towns[key]) for path, key in roots), key=lambda root: -len(root[0]))
