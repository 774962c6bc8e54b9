"""What a hub passes on of the news that it reads: what is shown now is compared with what was told.

Public API: `pass_on(source)`, `pass_on_due()`, `pass_on_all()`, `look_again(items)`, `take_back(items)`.

A reading and a person's decision only say that a source has to be looked at; the comparison finds what is to
be told, and tells each difference once, however often and by however many it is repeated. From two sources
the first decides, also when it withdraws, but before it the feed by which a municipality has joined; and
whoever published it before whoever passes it on.
"""

import hashlib
import json
import time
from collections.abc import Collection
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.text import Truncator

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.scripts import fold

from .. import tasks
from ..models import Edition, Item, Member, RemoteItem, RemoteSource, RemoteState
from ..sources import Content
from ..states import ChangeKind, EditionState
from .apart import apart
from .naming import key_of, language_of
from .recording import Said, hide, record

__all__ = ["look_again", "pass_on", "pass_on_all", "pass_on_due", "take_back"]

AT_ONCE = 500
RUN_SECONDS = 60
DECIDES = (RemoteState.SHOWN, RemoteState.WITHDRAWN)
LONGEST_NOTE = 300
WORDS = ("html", "summary")
"""Read only of what is told; `RemoteItem.digest` says whether they changed."""


def pass_on_due() -> int:
    """Of every source to which something happened; returns how many changes were told."""
    due = RemoteSource.objects.filter(look_at__isnull=False).order_by("look_at", "pk")
    return apart(_pass_on_due, due.select_related("municipality"))


def pass_on_all() -> int:
    """The guarantee, whatever happened to rows and processes: who was compared longest ago first, and as
    many as there is time for."""
    ends = time.monotonic() + RUN_SECONDS
    passing = Q(pk__in=RemoteSource.objects.passing().values("pk"))
    concerned = RemoteSource.objects.filter(passing | Q(pk__in=Item.objects.values("source")))
    in_turn = concerned.select_related("municipality").order_by(F("compared_at").asc(nulls_first=True), "pk")
    return apart(_pass_on_in_turn, takewhile(lambda _source: time.monotonic() < ends, in_turn))


def _pass_on_in_turn(source: RemoteSource) -> int:
    """Also one that fails has had its turn."""
    now = {"compared_at": timezone.now()}
    retry_when_locked(RemoteSource.objects.filter(pk=source.pk).update)(**now)
    return pass_on(source)


def pass_on(source: RemoteSource) -> int:
    """Portion by portion, the oldest news first; nothing any more of a source that was switched off."""
    if not source.passes_on:
        return len(_hide(Q(item__source=source)))
    keys = list(source.items.order_by("published_at", "pk").values_list("pk", flat=True))
    return sum(_compare(source, keys[at : at + AT_ONCE]) for at in range(0, len(keys), AT_ONCE))


def look_again(items: Any) -> None:
    """Something happened to these (a queryset)."""
    if RemoteSource.objects.filter(pk__in=items.values("source")).update(look_at=timezone.now()):
        tasks.kick()


def take_back(items: Any) -> None:
    """At once, in the caller's transaction: a person does not want to show these (a queryset) any more."""
    _hide(Q(item__remote__in=items))
    look_again(items)


def _hide(which: Q) -> list[Edition]:
    told = Edition.objects.told().filter(which).select_related("item__municipality")
    editions = list(told.order_by("channel", "pk"))
    hide(editions)
    return editions


def _pass_on_due(source: RemoteSource) -> int:
    told = pass_on(source)
    RemoteSource.objects.filter(pk=source.pk, look_at=source.look_at).update(look_at=None)
    return told


def _compare(source: RemoteSource, keys: Collection[int]) -> int:
    remotes = list(RemoteItem.objects.filter(pk__in=keys).defer(*WORDS).order_by("published_at", "pk"))
    for remote in remotes:
        remote.source = source
    comparison = Comparison(source, remotes)
    return apart(comparison.follow, comparison.remotes)


class Comparison:
    """Some news of a source beside what was told of it. It costs the same however many these are."""

    def __init__(self, source: RemoteSource, remotes: list[RemoteItem]):
        self.source, self.municipality, self.remotes = source, source.municipality, remotes
        self.keys = {remote.pk: key_of(remote, self.municipality) for remote in remotes}
        items = Item.objects.filter(municipality=self.municipality, translation_key__in=self.keys.values())
        editions = Prefetch("editions", Edition.objects.defer("content", "picture", "words"))
        self.items = {item.translation_key: item for item in items.prefetch_related(editions)}
        for item in self.items.values():
            item.municipality = self.municipality
        self.deciding = self._deciding()
        self.topics = _topics_by_name()

    def follow(self, remote: RemoteItem) -> int:
        """Tell what is new about it. Returns whether there was anything."""
        key, language = self.keys[remote.pk], language_of(remote, self.municipality)
        if self.deciding.get(key, remote.pk) != remote.pk:
            return 0
        item, topics = self.items.get(key), self._topics_of(remote)
        editions = item.editions.all() if item else ()
        edition = next((one for one in editions if one.language == language), None)
        comes_back = item is not None and item.remote_id != remote.pk
        kind = _difference(remote, edition, _digest(remote, topics), comes_back=comes_back)
        if kind or item and remote.state in DECIDES:
            item = self._decide(remote, key)
        return int(bool(kind and record(item, language, edition, _said(remote, kind, topics))))

    def _deciding(self) -> dict[UUID, int]:
        """Which row decides about an item, where any does."""
        rivals = RemoteItem.objects.filter(
            municipality=self.municipality,
            identity__in={remote.identity for remote in self.remotes},
            state__in=DECIDES,
            source__in=RemoteSource.objects.passing(),
        )
        joined = Exists(Member.objects.in_the_chain().filter(source=OuterRef("source")))
        first_last = rivals.only("identity", "language", "title").order_by("-relayed", joined, "-pk")
        return {key_of(one, self.municipality): one.pk for one in first_last}

    def _decide(self, remote: RemoteItem, key: UUID) -> Item:
        """From here on this row is whose changes are followed. In another language than before it is another
        item, and the former leaves its feeds, as what has no page."""
        item = self.items.get(key)
        if item and (item.remote_id, item.source_id) == (remote.pk, self.source.pk):
            return item
        former = Item.objects.filter(remote=remote).exclude(translation_key=key)
        former.update(remote=None, source=None, look_at=timezone.now())
        named = {"municipality": self.municipality, "translation_key": key}
        facts = {"remote": remote, "source": self.source, "look_at": None}
        return Item.objects.update_or_create(**named, defaults=facts)[0]

    def _topics_of(self, remote: RemoteItem) -> list[str]:
        named = (self.topics.get(name) for name in remote.searched_topics.split("|"))
        return sorted(set(filter(None, named)))


def _difference(
    remote: RemoteItem, edition: Edition | None, digest: str, *, comes_back: bool
) -> ChangeKind | None:
    """What had made room and `comes_back` stays as it was told, until somebody has looked at it."""
    is_told = edition is not None and edition.state != EditionState.WITHDRAWN
    if remote.state != RemoteState.SHOWN:
        stays = not is_told or (comes_back and remote.state == RemoteState.WAITING)
        return None if stays else ChangeKind.WITHDRAWN
    if not is_told:
        return ChangeKind.NEW
    if edition.corrections < remote.corrections:
        return ChangeKind.CORRECTED
    return ChangeKind.UPDATED if edition.digest != digest else None


def _topics_by_name() -> dict[str, str]:
    """Codes, by themselves and by every name in whatever language, folded."""
    rows = list(Topic.objects.all())
    names = {fold(name): topic.code for topic in rows for name in topic.name.values() if name}
    return names | {fold(topic.code): topic.code for topic in rows}


def _said(remote: RemoteItem, kind: ChangeKind, topics: list[str]) -> Said:
    """In its publisher's words. A hub has none of its own about what it takes out."""
    said = {"kind": kind, "corrections": remote.corrections, "origin_version": remote.version}
    note = Truncator(remote.note).chars(LONGEST_NOTE)
    if kind == ChangeKind.WITHDRAWN:
        return Said(**said, note=note if remote.state == RemoteState.WITHDRAWN else "")
    said |= {
        "note": note if remote.corrections else "",
        "quiet": kind == ChangeKind.NEW and remote.held_before,
    }
    return Said(**said, content=_content(remote, topics), digest=_digest(remote, topics))


def _content(remote: RemoteItem, topics: list[str]) -> dict[str, Any]:
    content = Content(
        title=remote.title,
        url=remote.url or _origin_url(remote),
        published_at=remote.published_at.isoformat(),
        kind=remote.kind,
        summary=remote.summary,
        body=remote.html,
        author=remote.author,
        topics=topics,
    )
    of_others = {name: getattr(remote, name) for name in ("rights", "rights_url", "picture")}
    return content.as_json() | of_others | {"origin": _origin(remote)}


def _origin(remote: RemoteItem) -> dict[str, str]:
    return {
        "id": str(remote.identity),
        "name": remote.attribution_name or _origin_url(remote),
        "url": _origin_url(remote),
        "feed_url": remote.attribution_feed_url,
        "email": remote.email,
        "phone": remote.phone,
    }


def _origin_url(remote: RemoteItem) -> str:
    return remote.attribution_url or remote.url or remote.source.feed_url


def _digest(remote: RemoteItem, topics: list[str]) -> str:
    names = ("digest", "kind", "author", "rights", "rights_url", "picture")
    said = [getattr(remote, name) for name in names] + [_origin(remote), topics]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
