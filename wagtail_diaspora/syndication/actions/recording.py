"""Writes down that something happened to an edition: one `Change` with the next number of its channel, in one
transaction with what follows from it.

Public API: `Said`, `record(item, language, edition, said)`, `hide(editions)`. Whoever compares, pages or news
of others, decides what is said; here it is told once, whoever else is at it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page

from wagtail_diaspora.db import retry_when_locked

from ..addresses import digest_of
from ..models import Change, Channel, Edition, Item
from ..states import ChangeKind, EditionState
from .counting import count_on
from .finding import found_by

__all__ = ["Said", "hide", "record"]

KEPT = ("url", "origin")
"""What a withdrawn edition still says of itself: where it stood, and whose it was."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is told of an item in one language; `content` and `digest` are empty where it is withdrawn.

    `corrections` says how many of them are told with it, and `quiet` that no partner is told.
    """

    kind: ChangeKind
    content: dict[str, Any] = field(default_factory=dict)
    digest: str = ""
    page: Page | None = None
    note: str = ""
    corrections: int = 0
    origin_version: int | None = None
    quiet: bool = False


class Overtaken(Exception):
    """Somebody else told a change of this edition since it was read."""


@retry_when_locked
def record(item: Item, language: str, edition: Edition | None, said: Said) -> Edition | None:
    """One change; None where somebody told it first."""
    try:
        with transaction.atomic():
            channel = _channel_of(item, language)
            number, at = count_on(channel)
            facts = _facts(item, edition, said, at) | {"channel": channel, "number": number}
            told = _write(item, language, edition, facts)
            Change.objects.create(
                channel=channel,
                number=number,
                edition=told,
                version=told.version,
                kind=said.kind,
                note=told.note,
                origin_version=said.origin_version,
                quiet=said.quiet,
                at=at,
            )
            if said.kind == ChangeKind.WITHDRAWN:
                channel.files.carrying(told).delete()
    except (IntegrityError, Overtaken):
        return None
    return told


def hide(editions: Iterable[Edition]) -> None:
    """At once, in the caller's transaction: nobody sees these any more."""
    for edition in editions:
        while edition and not record(edition.item, edition.language, edition, _gone(edition.item)):
            still = Edition.objects.told().filter(pk=edition.pk).exclude(version=edition.version)
            edition = still.select_related("item__municipality").first()


def _gone(item: Item) -> Said:
    note = "" if item.wanted else item.note
    return Said(kind=ChangeKind.WITHDRAWN, note=note, corrections=item.corrections)


def _facts(item: Item, edition: Edition | None, said: Said, at: datetime) -> dict[str, Any]:
    told = {"changed_at": at, "note": said.note, "corrections": said.corrections, "digest": said.digest}
    told |= found_by(item, said.content)
    if said.kind == ChangeKind.WITHDRAWN:
        kept = {name: value for name, value in edition.content.items() if name in KEPT}
        return told | {"state": EditionState.WITHDRAWN, "content": {"url": "", **kept}, "picture": {}}
    is_held = edition is not None and edition.state == EditionState.EMBARGOED and said.kind != ChangeKind.NEW
    public = said.kind != ChangeKind.EMBARGOED and not is_held
    state = EditionState.PUBLIC if public else EditionState.EMBARGOED
    told |= {"state": state, "page": said.page, "content": said.content}
    told["address_digest"] = digest_of(said.content["url"]) if said.page else ""
    if said.kind == ChangeKind.UPDATED:
        told["note"] = edition.note
    now = timezone.now()
    published_at = min(parse_datetime(said.content["published_at"]) or now, now)
    if public and not (edition and edition.public_since):
        told |= {"public_since": at, "published_at": published_at}
    elif edition is None:
        told["published_at"] = published_at
    return told


def _write(item: Item, language: str, edition: Edition | None, facts: dict[str, Any]) -> Edition:
    if edition is None:
        return Edition.objects.create(item=item, language=language, version=1, **facts)
    seen = Edition.objects.filter(pk=edition.pk, version=edition.version)
    if not seen.update(version=edition.version + 1, **facts):
        raise Overtaken
    return Edition.objects.get(pk=edition.pk)


def _channel_of(item: Item, language: str) -> Channel:
    return Channel.objects.get_or_create(municipality=item.municipality, language=language)[0]
