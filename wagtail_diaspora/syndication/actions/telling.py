"""From what happened to who is to be told: every change is read once and becomes lines of the ledger.

Public API: `note_changes()`, `note(channel)`, `undo(item)`.

A channel remembers up to which number it was read. That moves in the transaction that writes the lines, so
a kill or a second worker neither loses nor doubles any.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from wagtail_diaspora import conf
from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities import logs

from ..models import Change, Channel, Delivery, Item, Partner
from ..models.ledger import by_partner
from ..states import AT_ONCE_TOLD, TOLD, ChangeKind, DeliveryState, Pace, Way
from .apart import apart
from .building import Speaker
from .lines import way_to
from .senders import Senders

__all__ = ["due_for", "note", "note_changes", "undo"]

AT_ONCE = 50
MORNING = time(6)
"""When the day's mail leaves, and what waited for another day, by the site's clock."""


def note_changes() -> int:
    """Of every channel that has gone on; returns how many lines were written."""
    behind = Channel.objects.filter(number__gt=F("told")).select_related("municipality__site")
    return apart(note, behind)


def note(channel: Channel) -> int:
    """All that was told in this channel since it was read last, portion by portion."""
    written = 0
    while channel.told < channel.number:
        written += _note_portion(channel)
    return written


@retry_when_locked
@transaction.atomic
def undo(item: Item, *, user: Any) -> int:
    """Nothing that waits goes out. Returns how many lines that were."""
    waiting = Delivery.objects.waiting().filter(edition__item=item, way=Way.MAIL)
    waiting = waiting.exclude(kind__in=AT_ONCE_TOLD)
    Partner.objects.filter(deliveries__in=waiting).hold()
    undone = waiting.cancel()
    if undone:
        logs.log(item, "diaspora_syndication.untold", user=user, municipality=item.municipality)
    return undone


def due_for(partner: Partner, kind: str, *, delay: bool = True) -> datetime:
    """When it leaves: at once if whoever got the item must know, else after the time to undo it."""
    now = timezone.now()
    if kind in AT_ONCE_TOLD:
        return now
    soon = now + timedelta(minutes=conf.PRESS_DELAY_MINUTES if delay else 0)
    return next_morning(soon) if partner.pace == Pace.DAILY else soon


def next_morning(moment: datetime) -> datetime:
    local = timezone.localtime(moment)
    day = local.date() + timedelta(days=local.time() >= MORNING)
    return timezone.make_aware(datetime.combine(day, MORNING))


def _note_portion(channel: Channel) -> int:
    unread = channel.changes.filter(number__gt=channel.told, quiet=False).order_by("number")
    related = unread.select_related("edition__item__remote")
    related = related.defer("edition__item__remote__html", "edition__item__remote__summary")
    changes = list(related[:AT_ONCE])
    whole = len(changes) < AT_ONCE
    upto = max([channel.number if whole else 0, *(change.number for change in changes)])
    written = _write(channel, changes, upto)
    if written is None:
        channel.refresh_from_db(fields=["told", "number"])
        return 0
    channel.told = upto
    return written


@retry_when_locked
@transaction.atomic
def _write(channel: Channel, changes: list[Change], upto: int) -> int | None:
    """None where somebody read on first."""
    if not Channel.objects.filter(pk=channel.pk, told=channel.told).update(told=upto):
        return None
    listening = Partner.objects.listening().filter(municipality=channel.municipality_id)
    if not (changes and listening.hold()):
        return 0
    partners = list(listening.prefetch_related("topics"))
    ledger = Ledger(channel, partners, changes)
    for change in changes:
        ledger.follow(change)
    return ledger.save()


class Ledger:
    """The lines about some editions while changes are read into them."""

    def __init__(self, channel: Channel, partners: list[Partner], changes: Collection[Change]):
        self.partners = partners
        with translation.override(channel.language):
            self.speaker = Speaker.of(channel.municipality, channel.language)
        editions = {change.edition_id for change in changes}
        self.senders = Senders(channel.municipality)
        self.lines = by_partner(Delivery.objects.filter(edition__in=editions, partner__in=partners))
        self.new: list[Delivery] = []
        self.moved: dict[int, Delivery] = {}
        self.cancelled: set[int] = set()

    def follow(self, change: Change) -> None:
        for partner in self.partners:
            lines = self.lines.setdefault((partner.pk, change.edition_id), [])
            waiting = [line for line in lines if line.state == DeliveryState.WAITING]
            if waiting and _is_overtaken(waiting[-1], change):
                self.cancel(waiting)
                if waiting[-1].is_got and change.kind == ChangeKind.UPDATED:
                    lines.append(self.line(partner, change, kind=ChangeKind.NEW))
            elif waiting:
                self.move(waiting[-1], change)
                continue
            if self.is_told(partner, change, _last_got(lines)):
                lines.append(self.line(partner, change))

    def is_told(self, partner: Partner, change: Change, got: Delivery | None) -> bool:
        """News to whom it is news; a correction or withdrawal to whoever has something to mend."""
        has_it = got is not None and got.kind != ChangeKind.WITHDRAWN
        if change.kind not in TOLD:
            return False
        if change.kind in AT_ONCE_TOLD:
            return has_it
        topics = {topic.code for topic in self.speaker.topics(change.edition)}
        wanted = partner.may_have(change.kind) and partner.wants(self.speaker.language, topics)
        if not wanted or has_it:
            return False
        return not self.senders.leave_to_other(partner, change.edition, told_at=change.at)

    def line(self, partner: Partner, change: Change, *, kind: str = "") -> Delivery:
        kind, before = kind or change.kind, self.lines[partner.pk, change.edition_id]
        new = Delivery(
            partner=partner,
            edition=change.edition,
            kind=kind,
            way=way_to(partner, kind, _last_got(before)),
            due_at=due_for(partner, kind),
            **_told(change, _last_title(before)),
        )
        self.new.append(new)
        return new

    def move(self, line: Delivery, change: Change) -> None:
        """Only the newest goes out. What nobody has got yet stays news to them."""
        if change.kind == ChangeKind.NEW:
            line.kind = change.kind
        for name, value in _told(change, line.title).items():
            setattr(line, name, value)
        if line.pk:
            line.noted_at = timezone.now()
            self.moved[line.pk] = line

    def cancel(self, lines: Iterable[Delivery]) -> None:
        for line in lines:
            line.state = DeliveryState.CANCELLED
            self.cancelled |= {line.pk} - {None}

    def save(self) -> int:
        """A line that was cancelled within the portion was never there for anybody."""
        new = [line for line in self.new if line.state != DeliveryState.CANCELLED]
        Delivery.objects.bulk_update(self.moved.values(), ["version", "number", "kind", "title", "noted_at"])
        Delivery.objects.filter(pk__in=self.cancelled).cancel()
        Delivery.objects.bulk_create(new, ignore_conflicts=True)  # laid already by who was ahead of us
        return len(new)


def _is_overtaken(line: Delivery, change: Change) -> bool:
    """It does not go out any more: nor does a repeat of what has changed since."""
    return ChangeKind.WITHDRAWN in (line.kind, change.kind) or line.is_got


def _told(change: Change, title: str) -> dict[str, Any]:
    title = change.edition.title or title
    return {"version": change.version, "number": change.number, "title": title[:250]}


def _last_got(lines: list[Delivery]) -> Delivery | None:
    """What is under way counts: whether it arrives is seen before a correction of it leaves."""
    had = (line for line in reversed(lines) if line.is_got or line.state == DeliveryState.UNDER_WAY)
    return next(had, None)


def _last_title(lines: list[Delivery]) -> str:
    return lines[-1].title if lines else ""
