"""Compares what the website shows with what was told last, and tells the difference.

Public API: `reconcile(items)`, `reconcile_due()`, `reconcile_all()`, `hide(editions)`.

Signals only hurry: a page may be moved, restricted or changed behind Django's back. Whatever happened, the
next comparison finds it. Each difference is one `Change` with the next number of its channel, in one
transaction with what follows from it.
"""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Site

from wagtail_diaspora.db import retry_when_locked

from ..addresses import digest_of
from ..models import Change, Channel, Edition, FeedFile, Item
from ..sources import Content
from ..states import ChangeKind, EditionState
from .counting import count_on
from .finding import found_by
from .looking import contents_of

__all__ = ["hide", "reconcile", "reconcile_all", "reconcile_due"]

logger = logging.getLogger(__name__)

AT_ONCE = 50


def reconcile_due() -> int:
    """Items that something happened to, or of which the hour has come; returns how many changes were told."""
    return _in_portions(Item.objects.due(timezone.now()).values_list("pk", flat=True))


def reconcile_all() -> int:
    """Every item there is: the guarantee, also where a cache still has the Sites of an hour ago."""
    Site.clear_site_root_paths_cache()
    return _in_portions(Item.objects.values_list("pk", flat=True))


def reconcile(items: Iterable[Item]) -> int:
    """Tell what changed of these items. Reads their pages, so it belongs outside a request."""
    by_municipality = defaultdict(list)
    for item in items:
        by_municipality[item.municipality].append(item)
    return sum(_reconcile(municipality, some) for municipality, some in by_municipality.items())


def hide(editions: Iterable[Edition]) -> None:
    """At once, in the caller's transaction: nobody sees these pages any more."""
    for edition in editions:
        while edition and not _tell(edition.item, edition.language, edition, ChangeKind.WITHDRAWN):
            still = Edition.objects.told().filter(pk=edition.pk).exclude(version=edition.version)
            edition = still.select_related("item__municipality").first()


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
            told += bool(_tell(item, language, edition, kind, page=page, content=content))
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


@retry_when_locked
def _tell(
    item: Item,
    language: str,
    edition: Edition | None,
    kind: ChangeKind,
    *,
    page: Page | None = None,
    content: Content | None = None,
) -> Edition | None:
    """One change; None where somebody told it first."""
    try:
        with transaction.atomic():
            channel = _channel_of(item, language)
            number, at = count_on(channel)
            facts = _facts(item, edition, kind, page, content, at) | {"channel": channel, "number": number}
            told = _write(item, language, edition, facts)
            Change.objects.create(
                channel=channel,
                number=number,
                edition=told,
                version=told.version,
                kind=kind,
                note=told.note,
                at=at,
            )
            if kind == ChangeKind.WITHDRAWN:
                FeedFile.objects.filter(channel=channel).delete()
    except (IntegrityError, Overtaken):
        return None
    return told


class Overtaken(Exception):
    """Somebody else told a change of this edition since it was read."""


def _facts(
    item: Item,
    edition: Edition | None,
    kind: ChangeKind,
    page: Page | None,
    content: Content | None,
    at: datetime,
) -> dict[str, Any]:
    is_said = kind == ChangeKind.CORRECTED or (kind == ChangeKind.WITHDRAWN and not item.wanted)
    note = item.note if is_said else ""
    told = {"changed_at": at, "note": note, "corrections": item.corrections}
    if kind == ChangeKind.WITHDRAWN:
        address = edition.content.get("url", "")
        return told | {
            "state": EditionState.WITHDRAWN,
            "content": {"url": address},
            "digest": "",
            "picture": {},
            **found_by(item, {}),
        }
    is_held = edition is not None and edition.state == EditionState.EMBARGOED and kind != ChangeKind.NEW
    public = kind != ChangeKind.EMBARGOED and not is_held
    state = EditionState.PUBLIC if public else EditionState.EMBARGOED
    told |= {"state": state, "page": page, "content": content.as_json(), "digest": _digest(item, content)}
    told |= {"address_digest": digest_of(content.url), **found_by(item, content.as_json())}
    if kind == ChangeKind.UPDATED:
        told["note"] = edition.note
    if public and not (edition and edition.public_since):
        told |= {"public_since": at, "published_at": parse_datetime(content.published_at)}
    elif edition is None:
        told["published_at"] = parse_datetime(content.published_at)
    return told


def _digest(item: Item, content: Content) -> str:
    """Of what the page says, and of what the editor chose for the item."""
    chosen = [item.rights, str(item.expires_at or ""), *sorted(topic.code for topic in item.topics.all())]
    return hashlib.sha256("\n".join([content.digest, *chosen]).encode()).hexdigest()


def _write(item: Item, language: str, edition: Edition | None, facts: dict[str, Any]) -> Edition:
    if edition is None:
        return Edition.objects.create(item=item, language=language, version=1, **facts)
    seen = Edition.objects.filter(pk=edition.pk, version=edition.version)
    if not seen.update(version=edition.version + 1, **facts):
        raise Overtaken
    return Edition.objects.get(pk=edition.pk)


def _channel_of(item: Item, language: str) -> Channel:
    return Channel.objects.get_or_create(municipality=item.municipality, language=language)[0]
