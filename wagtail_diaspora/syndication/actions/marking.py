"""An editor decides about a page.

Public API: `mark`, `decline`, `correct`, `withdraw`, `look_again`. Each writes the decision and when to look;
the comparison that follows tells it.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.municipalities import logs
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.municipalities.places import sites_of

from .. import tasks
from ..models import Edition, Item
from .recording import hide

__all__ = ["correct", "decline", "look_again", "mark", "municipality_of", "withdraw"]


def municipality_of(page: Page) -> Municipality | None:
    """In whose name the page is published: that of its Site."""
    return Municipality.objects.filter(site__in=sites_of(page)).first()


@retry_when_locked
@transaction.atomic
def mark(page: Page, *, municipality: Municipality, user: Any) -> Item:
    """For the diaspora, with all its translations. Marking it twice changes nothing."""
    return _decide(page, municipality, user, wanted=True)


@retry_when_locked
@transaction.atomic
def decline(page: Page, *, municipality: Municipality, user: Any) -> Item:
    """Not for the diaspora: nobody is asked about it any more."""
    item = _decide(page, municipality, user, wanted=False)
    hide(_told(item))
    return item


@retry_when_locked
@transaction.atomic
def correct(item: Item, *, note: str, user: Any) -> None:
    """Tell everybody who got it, in one sentence, what was wrong. Raises `DiasporaError` where nobody did."""
    if not _told(item):
        raise DiasporaError(_("It has not gone out yet, so there is nothing to correct."))
    row = Item.objects.filter(pk=item.pk)
    row.update(note=note, corrections=F("corrections") + 1, look_at=timezone.now())
    _log(item, "corrected", user)
    tasks.kick()


@retry_when_locked
@transaction.atomic
def withdraw(item: Item, *, note: str, user: Any) -> None:
    """Take it back everywhere, with a sentence; the page itself stays as it is."""
    item.wanted, item.note, item.look_at = False, note, timezone.now()
    item.save(update_fields=["wanted", "note", "look_at"])
    hide(_told(item))
    _log(item, "withdrawn", user)
    tasks.kick()


def look_again(items: Iterable[Item] | Any) -> None:
    """Something happened to the pages of these items (a queryset)."""
    if items.update(look_at=timezone.now()):
        tasks.kick()


def _decide(page: Page, municipality: Municipality, user: Any, *, wanted: bool) -> Item:
    item, new = Item.objects.get_or_create(
        municipality=municipality,
        translation_key=page.translation_key,
        defaults={"wanted": wanted, "marked_by": user},
    )
    if new or item.wanted != wanted:
        item.wanted, item.marked_by, item.marked_at = wanted, user, timezone.now()
        item.note, item.look_at = "", timezone.now()
        item.save()
        _log(item, "marked" if wanted else "declined", user)
        tasks.kick()
    return item


def _told(item: Item) -> list[Edition]:
    return list(item.editions.told().select_related("item__municipality"))


def _log(item: Item, action: str, user: Any) -> None:
    logs.log(item, f"diaspora_syndication.{action}", user=user, municipality=item.municipality)
