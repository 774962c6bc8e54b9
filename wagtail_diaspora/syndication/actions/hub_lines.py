"""The hub's ledger as a member reads it: said there, kept here.

Public API: `page_for(member, after)` at the hub, `keep(membership, lines)` at the municipality.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from ..models import Change, Delivery, HubLine, Item, Member, Membership
from ..states import ChangeKind, DeliveryState, Way
from .members import read_until
from .senders import mailbox_digest, served_for

__all__ = ["keep", "page_for"]

AT_ONCE = 200
SETTLED = timedelta(seconds=60)
"""A line is said once it was written so long ago: what was written before it is committed by then."""
URN = "urn:uuid:"
MOMENTS = ("created_at", "state_at", "sent_at", "accepted_at", "fetched_at", "confirmed_at", "bounced_at")
SAID = ("language", "version", "newsroom", "mailbox", "way", "kind", "title", "state", *MOMENTS, "aired_on")


def page_for(member: Member, after: str) -> dict[str, Any]:
    """What was written in the ledger about the member's items after this cursor, the oldest first."""
    rows = list(_lines_of(member, after)[: AT_ONCE + 1])
    lines, more = rows[:AT_ONCE], len(rows) > AT_ONCE
    return {
        "newsrooms": sorted(served_for(member)),
        "own": member.own,
        "read": read_until(member),
        "lines": [_said(member, row) for row in lines],
        "cursor": _cursor(lines[-1]) if lines else after,
        "more": more,
    }


def keep(membership: Membership, lines: Any) -> int:
    """Of our own items, each line once, as it was said last. What cannot be understood is left out."""
    said = [line for line in lines if isinstance(line, Mapping)] if isinstance(lines, list) else []
    by_item = [(_item_of(line), line) for line in said[:AT_ONCE]]
    wanted = {key for key, _line in by_item if key}
    ours = Item.objects.filter(municipality=membership.municipality_id, pk__in=wanted)
    own = set(ours.values_list("pk", flat=True))
    read = [_line(membership, item, line) for item, line in by_item if item in own]
    rows = {row.name: row for row in read if row}
    HubLine.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["membership", "name"],
        update_fields=["hub", "item", *SAID],
    )
    return len(rows)


def _lines_of(member: Member, after: str) -> QuerySet:
    told = Change.objects.filter(edition=OuterRef("edition"), version=OuterRef("version"))
    lines = Delivery.objects.filter(edition__item__source=member.source_id)
    lines = lines.filter(noted_at__lte=timezone.now() - SETTLED)
    if since := _position(after):
        lines = lines.filter(Q(noted_at__gt=since[0]) | Q(noted_at=since[0], pk__gt=since[1]))
        lines = lines.filter(noted_at__gte=since[0])  # so that the index is read from here on
    return lines.order_by("noted_at", "pk").values(
        *("pk", "noted_at", "partner", "way", "kind", "title", "state", "aired_on", *MOMENTS),
        language=F("edition__language"),
        told=F("version"),
        since=F("partner__created_at"),
        origin=KeyTextTransform("id", KeyTransform("origin", "edition__content")),
        newsroom=F("partner__name"),
        email=F("partner__email"),
        counted=Subquery(told.values("origin_version")[:1]),
    )


def _said(member: Member, row: dict[str, Any]) -> dict[str, Any]:
    moments = {name: row[name] and row[name].isoformat() for name in (*MOMENTS, "aired_on")}
    return moments | {
        "name": _name(row),
        "item": f"{URN}{row['origin']}",
        "version": row["counted"] or 1,
        "mailbox": mailbox_digest(row["email"]),
        **{name: row[name] for name in ("language", "newsroom", "way", "kind", "title", "state")},
    }


def _name(row: dict[str, Any]) -> str:
    """By what it says: a restored backup gives its key to another, and who joins again is another member."""
    told = (row[name] for name in ("partner", "since", "origin", "language", "told", "way"))
    return str(uuid5(NAMESPACE_URL, " ".join(map(str, told))))


def _cursor(row: dict[str, Any]) -> str:
    return f"{row['noted_at'].isoformat()}~{row['pk']}"


def _position(cursor: str) -> tuple[datetime, int] | None:
    moment, _tilde, key = cursor.partition("~")
    found = _moment(moment)
    return (found, int(key)) if found and key.isdecimal() and len(key) < 19 else None


def _item_of(line: Mapping[str, Any]) -> UUID | None:
    name = line.get("item")
    try:
        return UUID(name.removeprefix(URN)) if isinstance(name, str) else None
    except ValueError:
        return None


def _line(membership: Membership, item: UUID, line: Mapping[str, Any]) -> HubLine | None:
    words = {
        name: _words(HubLine, name, line) for name in ("name", "newsroom", "title", "language", "mailbox")
    }
    choices = {"way": Way, "kind": ChangeKind, "state": DeliveryState}
    chosen = {name: line.get(name) for name in choices}
    moments = {name: _moment(line.get(name)) for name in MOMENTS}
    version, aired = line.get("version"), line.get("aired_on")
    known = all(chosen[name] in some.values for name, some in choices.items())
    counted = isinstance(version, int) and 0 < version < 10**9
    if not (known and counted and words["name"] and moments["created_at"] and moments["state_at"]):
        return None
    facts = {**words, **chosen, **moments, "version": version, "aired_on": _day(aired)}
    return HubLine(membership=membership, hub=str(membership)[:160], item_id=item, **facts)


def _words(model: type[HubLine], name: str, line: Mapping[str, Any]) -> str:
    value = line.get(name)
    text = "".join(filter(str.isprintable, value)) if isinstance(value, str) else ""
    return text[: model._meta.get_field(name).max_length]


def _moment(value: Any) -> datetime | None:
    """With its offset from UTC."""
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
        return found.astimezone(UTC) if found and timezone.is_aware(found) else None
    except (ValueError, OverflowError):
        return None


def _day(value: Any) -> Any:
    try:
        return parse_date(value) if isinstance(value, str) else None
    except ValueError:
        return None
