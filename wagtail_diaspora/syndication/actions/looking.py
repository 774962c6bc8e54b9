"""What the website shows at this moment of the pages that stand behind items."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import prefetch_related_objects
from django.utils import translation
from wagtail.models import Locale, Page

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.municipalities.places import stands_in

from ..models import Item
from ..sources import Content, read, relations_of

__all__ = ["contents_of", "public_pages"]

logger = logging.getLogger(__name__)

Seen = dict[tuple[object, str], tuple[Page, Content | None]]


def public_pages(municipality: Municipality, keys: Collection) -> list[tuple[Page, str]]:
    """Specific pages that everybody can see on the municipality's Site, with their absolute addresses.

    An alias stands in for a translation that nobody has written yet.
    """
    pages = Page.objects.filter(translation_key__in=keys, alias_of=None).live().public()
    found = []
    for page in _with_relations(pages.specific()):
        _site_id, _root_url, path = page.get_url_parts() or (None, None, None)
        if path and stands_in(page, municipality.site_id):
            found.append((page, municipality.root_url + path))
    return found


def contents_of(municipality: Municipality, items: Collection[Item]) -> Seen:
    """By item and language. A page that cannot be read has no content: what was told of it stays.

    Our words between the editor's are in the page's language, whoever reads it.
    """
    by_key = {item.translation_key: item for item in items if item.wanted}
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    seen: Seen = {}
    for page, url in public_pages(municipality, by_key):
        item, language = by_key[page.translation_key], languages[page.locale_id].lower()
        with translation.override(language):
            seen[item.pk, language] = (page, _read(page, url))
    return seen


def _with_relations(pages: Iterable[Page]) -> list[Page]:
    """With the pictures and recordings that their sources name, one query for each kind of page."""
    by_type = defaultdict(list)
    for page in pages:
        by_type[type(page)].append(page)
    for model, some in by_type.items():
        prefetch_related_objects(some, *relations_of(model))
    return [page for some in by_type.values() for page in some]


def _read(page: Page, url: str) -> Content | None:
    try:
        return read(page, url=url)
    except Exception:
        logger.exception("Page %s could not be read for the diaspora.", page.pk)
        return None
