"""What a feed says, taken over into our rows.

Public API: `take_over`, `Taken`. Runs in the caller's transaction.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.utils import timezone

from wagtail_diaspora.scripts import fold

from ..entries import Origin
from ..models import Item, RemoteItem, RemoteSource, RemoteState, Rule
from ..models.remote import OURS
from ..reading import RemoteEntry, RemoteFeed
from .naming import key_of

__all__ = ["Taken", "take_over"]

KEPT = 500
"""Items of one source; older ones make room."""
ALWAYS_NEW = ("updated_at",)


@dataclass(frozen=True)
class Taken:
    changed: int
    unusable: dict[str, int]


def take_over(source: RemoteSource, feed: RemoteFeed) -> Taken:
    ours = _ours(source, feed.entries)
    entries = {entry.identity: entry for entry in feed.entries if entry.identity not in ours}
    known = {item.identity: item for item in source.items.filter(identity__in=entries)}
    unknown = [entry for identity, entry in entries.items() if identity not in known]
    hidden, told = _hidden(source, unknown), _told(source, unknown)
    fresh = [
        _item(source, feed, entry, is_hidden=entry.identity in hidden)
        for entry in unknown
        if entry.identity in told or (_is_new(source, entry) and _is_wanted(source, entry))
    ]
    RemoteItem.objects.bulk_create(fresh)
    changed = sum(_follow(known[identity], source, feed, entries[identity]) for identity in known)
    if fresh:
        _make_room(source)
    refused = sum(entry.identity in ours for entry in feed.entries)
    return Taken(len(fresh) + changed, dict(Counter(feed.unusable) + Counter({OURS: refused})))


def _follow(item: RemoteItem, source: RemoteSource, feed: RemoteFeed, entry: RemoteEntry) -> bool:
    """Corrections and withdrawals, also of what nobody has looked at yet."""
    if entry.withdrawn:
        return _withdraw(item, entry)
    if item.state == RemoteState.WITHDRAWN and not source.takes_new:
        return False
    words = _words(source, feed, entry)
    if all(getattr(item, name) == words[name] for name in words if name not in ALWAYS_NEW):
        return False
    if item.digest != entry.digest:
        item.corrected = item.state == RemoteState.SHOWN
    if entry.corrected and entry.note not in ("", item.note):
        item.corrections += 1
    if item.state == RemoteState.WITHDRAWN:
        item.news_at = entry.stamped_at or timezone.now()
    item.state = _next_state(item, source, entry)
    for name, value in words.items():
        setattr(item, name, value)
    item.save()
    return True


def _withdraw(item: RemoteItem, entry: RemoteEntry) -> bool:
    """Its words go. What a person has hidden stays hidden, also if it is published again."""
    if not item.digest:
        return False
    if item.state != RemoteState.HIDDEN:
        item.state = RemoteState.WITHDRAWN
    item.note, item.version, item.embargoed_until = entry.note, entry.version or item.version, None
    item.summary = item.html = item.picture_url = item.digest = ""
    item.picture = {}
    item.updated_at = entry.updated_at or timezone.now()
    item.save()
    return True


def _item(source: RemoteSource, feed: RemoteFeed, entry: RemoteEntry, *, is_hidden: bool) -> RemoteItem:
    state = RemoteState.HIDDEN if is_hidden else _first_state(source, entry)
    return RemoteItem(
        municipality_id=source.municipality_id,
        source=source,
        identity=entry.identity,
        published_at=entry.published_at or timezone.now(),
        state=RemoteState.WITHDRAWN if entry.withdrawn else state,
        corrected=entry.corrected,
        corrections=int(entry.corrected and bool(entry.note)),
        held_before=source.starts_anew,
        news_at=entry.stamped_at or timezone.now(),
        **_words(source, feed, entry),
    )


def _words(source: RemoteSource, feed: RemoteFeed, entry: RemoteEntry) -> dict[str, Any]:
    """The name of whoever published it first, be it somebody else than the source."""
    names = ("url", "title", "summary", "html", "language", "author", "picture_url", "note")
    names = (*names, "guid", "kind", "version", "rights", "rights_url", "email", "phone", "embargoed_until")
    origin = entry.source or Origin(name="", url="")
    return {name: getattr(entry, name) for name in names} | {
        "title": entry.title or entry.guid[:300],
        "digest": "" if entry.withdrawn else entry.digest,
        "picture": asdict(entry.picture) if entry.picture else {},
        "topics": list(entry.topics),
        "searched_topics": "|".join(("", *map(fold, entry.topics), "")) or "|",
        "updated_at": entry.updated_at or timezone.now(),
        "attribution_name": origin.name or source.name or feed.title,
        "attribution_url": _home_of(entry) if entry.source else source.home_url or feed.home_url,
        "attribution_feed_url": origin.feed_url if entry.source else source.feed_url,
        "relayed": _is_relayed(source, entry),
    }


def _first_state(source: RemoteSource, entry: RemoteEntry) -> RemoteState:
    at_once = source.rule == Rule.AT_ONCE and not entry.embargoed_until
    return RemoteState.SHOWN if at_once else RemoteState.WAITING


def _next_state(item: RemoteItem, source: RemoteSource, entry: RemoteEntry) -> str:
    """An embargo also takes back what is shown; once it is over, or lifted, the rule decides."""
    anew = item.state == RemoteState.WITHDRAWN or item.embargoed_until or entry.embargoed_until
    return _first_state(source, entry) if anew and item.state != RemoteState.HIDDEN else item.state


def _is_new(source: RemoteSource, entry: RemoteEntry) -> bool:
    return source.takes_new and not entry.withdrawn


def _is_wanted(source: RemoteSource, entry: RemoteEntry) -> bool:
    words = [fold(word.strip()) for word in source.words.split(",") if word.strip()]
    text = fold(" ".join((entry.title, entry.summary, *entry.topics)))
    return not words or any(word in text for word in words)


def _hidden(source: RemoteSource, entries: Iterable[RemoteEntry]) -> set[UUID]:
    """What a person does not want from another source either."""
    hidden = RemoteItem.objects.filter(municipality=source.municipality_id, state=RemoteState.HIDDEN)
    named = hidden.filter(identity__in={entry.identity for entry in entries})
    return set(named.values_list("identity", flat=True))


def _told(source: RemoteSource, entries: Iterable[RemoteEntry]) -> set[UUID]:
    """What has made room here and was passed on: what becomes of it has to be told still."""
    followed = (entry for entry in entries if not _is_new(source, entry))
    keys = {key_of(entry, source.municipality): entry.identity for entry in followed}
    items = Item.objects.filter(municipality=source.municipality_id, source=source, translation_key__in=keys)
    return {keys[key] for key in items.values_list("translation_key", flat=True)}


def _ours(source: RemoteSource, entries: tuple[RemoteEntry, ...]) -> set[UUID]:
    """No news goes round in circles: neither by its name, nor by its address, nor by whose it says it is, nor
    by another hub that has it from us."""
    own = {entry.uuid for entry in entries} - {None}
    mine = Item.objects.filter(municipality=source.municipality_id)
    sent = set(mine.filter(pk__in=own).values_list("pk", flat=True))
    back = {key_of(e, source.municipality): e.identity for e in entries if _is_relayed(source, e)}
    passed = mine.filter(translation_key__in=back).exclude(source=source)
    came = {back[key] for key in passed.values_list("translation_key", flat=True)}
    return sent | came | {entry.identity for entry in entries if _is_at_home(source, entry)}


def _is_at_home(source: RemoteSource, entry: RemoteEntry) -> bool:
    origin = entry.source or Origin(name="", url="")
    home = _place(source.municipality.root_url)
    return bool(home) and home in {_place(url) for url in (entry.url, origin.url, origin.feed_url) if url}


def _is_relayed(source: RemoteSource, entry: RemoteEntry) -> bool:
    """Whether whoever published it first is somebody else than the source."""
    origin = entry.source or Origin(name="", url="")
    first = _place(origin.url or origin.feed_url)
    return bool(first) and first not in (_place(source.feed_url), _place(source.home_url))


def _home_of(entry: RemoteEntry) -> str:
    """Of whoever published it first; RSS names only their feed."""
    known = urlsplit(entry.source.feed_url or entry.url)
    return entry.source.url or (f"{known.scheme}://{known.netloc}/" if known.netloc else "")


def _place(url: str) -> str:
    return urlsplit(url).netloc.lower().removeprefix("www.")


def _make_room(source: RemoteSource) -> None:
    old = source.items.order_by("-first_seen_at", "-pk").values_list("pk", flat=True)[KEPT:]
    if keys := list(old):
        RemoteItem.objects.filter(pk__in=keys).delete()
