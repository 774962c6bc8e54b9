"""What a feed says, taken over into our rows.

Public API: `take_over`, `Taken`. Runs in the caller's transaction.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.utils import timezone

from wagtail_diaspora.scripts import fold

from ..entries import Origin
from ..models import Item, RemoteItem, RemoteSource, RemoteState, Rule
from ..models.remote import OURS
from ..reading import RemoteEntry, RemoteFeed

__all__ = ["Taken", "take_over"]

KEPT = 500
"""Items of one source; older ones make room."""
URN = "urn:uuid:"


@dataclass(frozen=True)
class Taken:
    changed: int
    unusable: dict[str, int]


def take_over(source: RemoteSource, feed: RemoteFeed) -> Taken:
    own = _own_items(source, feed.entries)
    entries = {entry.identity: entry for entry in feed.entries if not _is_ours(source, entry, own)}
    known = {item.identity: item for item in source.items.filter(identity__in=entries)}
    fresh = [
        _item(source, feed, entry)
        for identity, entry in entries.items()
        if identity not in known and not entry.withdrawn and _is_wanted(source, entry)
    ]
    RemoteItem.objects.bulk_create(fresh)
    changed = sum(_follow(known[identity], source, feed, entries[identity]) for identity in known)
    if fresh:
        _make_room(source)
    refused = sum(_is_ours(source, entry, own) for entry in feed.entries)
    return Taken(len(fresh) + changed, dict(Counter(feed.unusable) + Counter({OURS: refused})))


def _follow(item: RemoteItem, source: RemoteSource, feed: RemoteFeed, entry: RemoteEntry) -> bool:
    """Corrections and withdrawals, also of what nobody has looked at yet."""
    if entry.withdrawn:
        return _withdraw(item, entry)
    back = item.state == RemoteState.WITHDRAWN
    if item.digest == entry.digest and not back:
        return False
    item.corrected = not back and item.state == RemoteState.SHOWN
    item.state = _first_state(source) if back else item.state
    for name, value in _words(source, feed, entry).items():
        setattr(item, name, value)
    item.save()
    return True


def _withdraw(item: RemoteItem, entry: RemoteEntry) -> bool:
    if item.state == RemoteState.WITHDRAWN:
        return False
    item.state, item.note = RemoteState.WITHDRAWN, entry.note
    item.summary = item.html = item.picture_url = ""
    item.updated_at = entry.updated_at or timezone.now()
    item.save()
    return True


def _item(source: RemoteSource, feed: RemoteFeed, entry: RemoteEntry) -> RemoteItem:
    return RemoteItem(
        municipality_id=source.municipality_id,
        source=source,
        identity=entry.identity,
        guid=entry.guid,
        published_at=entry.published_at or timezone.now(),
        state=_first_state(source),
        corrected=entry.corrected,
        **_words(source, feed, entry),
    )


def _words(source: RemoteSource, feed: RemoteFeed, entry: RemoteEntry) -> dict[str, Any]:
    """The name of whoever published it first, be it somebody else than the source."""
    names = ("url", "title", "summary", "html", "language", "author", "picture_url", "note", "digest")
    origin = entry.source or Origin(name="", url="")
    return {name: getattr(entry, name) for name in names} | {
        "topics": list(entry.topics),
        "searched_topics": "|".join(("", *map(fold, entry.topics), "")) or "|",
        "updated_at": entry.updated_at or timezone.now(),
        "attribution_name": origin.name or source.name or feed.title,
        "attribution_url": origin.url or (source.home_url if not entry.source else "") or feed.home_url,
    }


def _first_state(source: RemoteSource) -> RemoteState:
    return RemoteState.SHOWN if source.rule == Rule.AT_ONCE else RemoteState.WAITING


def _is_wanted(source: RemoteSource, entry: RemoteEntry) -> bool:
    words = [fold(word.strip()) for word in source.words.split(",") if word.strip()]
    text = fold(" ".join((entry.title, entry.summary, *entry.topics)))
    return not words or any(word in text for word in words)


def _own_items(source: RemoteSource, entries: tuple[RemoteEntry, ...]) -> set[UUID]:
    """What this municipality sent out itself, among what comes back."""
    keys = {_uuid(entry) for entry in entries} - {None}
    return set(
        Item.objects.filter(municipality=source.municipality_id, pk__in=keys).values_list("pk", flat=True)
    )


def _is_ours(source: RemoteSource, entry: RemoteEntry, own: set[UUID]) -> bool:
    """No news goes round in circles: neither by its name, nor by its address, nor by whose it says it is."""
    origin = entry.source or Origin(name="", url="")
    home = _place(source.municipality.root_url)
    places = {_place(url) for url in (entry.url, origin.url, origin.feed_url) if url}
    return _uuid(entry) in own or bool(home and home in places)


def _uuid(entry: RemoteEntry) -> UUID | None:
    try:
        return UUID(entry.guid.removeprefix(URN)) if entry.guid.startswith(URN) else None
    except ValueError:
        return None


def _place(url: str) -> str:
    return urlsplit(url).netloc.lower().removeprefix("www.")


def _make_room(source: RemoteSource) -> None:
    old = source.items.order_by("-first_seen_at", "-pk").values_list("pk", flat=True)[KEPT:]
    if keys := list(old):
        RemoteItem.objects.filter(pk__in=keys).delete()
