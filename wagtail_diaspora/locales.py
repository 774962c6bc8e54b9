"""The language of a page, without a query for each visit.

Public API: `language_of`. Each process keeps the codes of Wagtail's locales, of which there are few and which
hardly ever change, for a minute at most.
"""

from functools import lru_cache

from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Page

from .keeping import this_minute

__all__ = ["language_of"]


def language_of(page: Page) -> str:
    """The code of the page's locale."""
    return _code(page.locale_id, this_minute())


@lru_cache(maxsize=64)
def _code(locale_id: int, minute: int) -> str:
    return Locale.objects.get(pk=locale_id).language_code


def _forget(**kwargs: object) -> None:
    _code.cache_clear()


for signal in (post_save, post_delete):
    signal.connect(_forget, sender=Locale, dispatch_uid="wagtail_diaspora.locales")
