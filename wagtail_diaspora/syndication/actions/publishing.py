"""Compares what the website shows with what was told last, and tells the difference.

Public API: `reconcile(items)`, `reconcile_due()`, `reconcile_all()`.

Signals only hurry: a page may be moved, restricted or changed behind Django's back. Whatever happened, the
next comparison finds it. What a hub passes on is compared in `passing`.
"""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Site

from ..models import Edition, Item
from ..sources import Content
from ..states import ChangeKind, EditionState
from .looking import contents_of
from .recording import Said, record

__all__ = ["reconcile", "reconcile_all", "reconcile_due"]

logger = logging.getLogger(__name__)

AT_ONCE = 50


def reconcile_due() -> int:
    """Items that something happened to, or of which the hour has come; returns how many changes were told."""
    return _in_portions(Item.objects.of_pages().due(timezone.now()).values_list("pk", flat=True))


def reconcile_all() -> int:
    """Every item there is: the guarantee, also where a cache still has the Sites of an hour ago."""
    Site.clear_site_root_paths_cache()
    return _in_portions(Item.objects.of_pages().values_list("pk", flat=True))


def reconcile(items: Iterable[Item]) -> int:
    """Tell what changed of these items. Reads their pages, so it belongs outside a request."""
    by_municipality = defaultdict(list)
    for item in items:
        by_municipality[item.municipality].append(item)
    return sum(_reconcile(municipality, some) for municipality, some in by_municipality.items())


def _in_portions(keys: Iterable[Any]) -> int:
    told, keys = 0, list(keys)
    for start in range(0, len(keys), AT_ONCE):
        items = Item.objects.filter(pk__in=keys[start : start + AT_ONCE])
        told += reconcile(items.select_related("municipality__site").prefetch_related("editions", "topics"))
    return told


def _reconcile(municipality: Any, items: list[Item]) -> int:
    now, told = timezone.now(), 0
    seen = contents_of(municipality, items)
    for item in items:
        shown = {language: found for (pk, language), found in seen.items() if pk == item.pk}
        try:
            told += _reconcile_item(item, shown, now)
        except Exception:
            logger.exception("Item %s could not be compared; the others are.", item.pk)
    return told


def _reconcile_item(item: Item, shown: dict[str, tuple[Page, Content | None]], now: datetime) -> int:
    told = 0
    before = {edition.language: edition for edition in item.editions.all()}
    for language in sorted({*before, *shown}):
        page, content = shown.get(language, (None, None))
        edition = before.get(language)
        if kind := _difference(item, edition, page, content, now):
            told += bool(record(item, language, edition, _said(item, kind, page, content)))
    _look_again(item, now)
    return told


def _difference(
    item: Item, edition: Edition | None, page: Page | None, content: Content | None, now: datetime
) -> ChangeKind | None:
    """What is to be told. Of a page that cannot be read, nothing but that it is gone."""
    state = item.state_at(now) if page else EditionState.WITHDRAWN
    if state == EditionState.WITHDRAWN:
        return ChangeKind.WITHDRAWN if edition and edition.state != state else None
    if content is None:
        return None
    if edition is None or edition.state != state:
        return ChangeKind.NEW if state == EditionState.PUBLIC else ChangeKind.EMBARGOED
    if edition.corrections < item.corrections:
        return ChangeKind.CORRECTED
    return ChangeKind.UPDATED if edition.digest != _digest(item, content) else None


def _look_again(item: Item, now: datetime) -> None:
    """At the hour of an embargo or of its end, unless something happened to it while it was looked at."""
    ahead = [moment for moment in (item.embargo_until, item.expires_at) if moment and moment > now]
    look_at = min(ahead, default=None) if item.wanted else None
    if look_at != item.look_at:
        Item.objects.filter(pk=item.pk, look_at=item.look_at).update(look_at=look_at)


def _said(item: Item, kind: ChangeKind, page: Page | None, content: Content | None) -> Said:
    is_told = kind == ChangeKind.CORRECTED or (kind == ChangeKind.WITHDRAWN and not item.wanted)
    said = {"kind": kind, "note": item.note if is_told else "", "corrections": item.corrections}
    if kind == ChangeKind.WITHDRAWN:
        return Said(**said)
    return Said(**said, page=page, content=content.as_json(), digest=_digest(item, content))


def _digest(item: Item, content: Content) -> str:
    """Of what the page says, and of what the editor chose for the item."""
    chosen = [item.rights, str(item.expires_at or ""), *sorted(topic.code for topic in item.topics.all())]
    return hashlib.sha256("\n".join([content.digest, *chosen]).encode()).hexdigest()
