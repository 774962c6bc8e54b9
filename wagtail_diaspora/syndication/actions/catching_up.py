"""What a new partner has missed, portion by portion.

Public API: `ask_to_catch_up(partner, since, user)`, `stop(partner)`, `catch_up_all()`, `lay_all()`; of what a
hub was to tell and has not read any more, `take_back(membership, which, newsrooms)`.

What happens today goes before what happened earlier: a day's portion is what its limit leaves.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities import logs

from ..models import Delivery, Edition, HubLine, Membership, Partner
from ..models.partners import PartnerQuerySet
from ..states import AT_ONCE_TOLD, GOT, ChangeKind, DeliveryState, Pace, Way
from . import sending
from .apart import apart
from .choosing import speaker_for
from .lines import Wanted, lay, lay_many
from .senders import Senders, mailbox_digest
from .telling import due_for

__all__ = ["ask_to_catch_up", "catch_up_all", "lay_all", "stop", "take_back"]

AT_MOST = 200
BEGUN = {"catch_up_after": 0, "catch_up_total": None, "catch_up_done": 0}


@retry_when_locked
@transaction.atomic
def ask_to_catch_up(partner: Partner, *, since: date, user: Any) -> None:
    """The next rounds do it, so that no request writes hundreds of lines."""
    Partner.objects.filter(pk=partner.pk).update(catch_up_from=since, **BEGUN)
    _log(partner, "partner_catch_up", user, since=since.isoformat())


@retry_when_locked
@transaction.atomic
def stop(partner: Partner, *, user: Any) -> None:
    """What waits already goes out; no more is added."""
    if Partner.objects.filter(pk=partner.pk).update(catch_up_from=None):
        _log(partner, "partner_caught_up", user)


def catch_up_all() -> int:
    return apart(_portion, _asked().confirmed())


def lay_all() -> int:
    """All that is left, whatever the limit: for whoever then puts it aside."""
    laid = 0
    while asked := list(_asked()):
        laid += sum(_portion(partner, room=AT_MOST) for partner in asked)
    return laid


@retry_when_locked
@transaction.atomic
def take_back(membership: Membership, which: Q, newsrooms: Collection[str]) -> int:
    """What the hub was to tell these, nobody tells them: all of it is laid. Returns how many lines."""
    partners = Partner.objects.confirmed().filter(municipality=membership.municipality_id)
    partners.hold()
    laid = 0
    for partner in partners.choosing():
        if mailbox_digest(partner.email) in newsrooms:
            unread = _missed(partner).filter(which, language=membership.language)
            wanted = [_as_news(partner, edition) for edition in _taken(partner, unread)]
            laid += len(lay_many(wanted, due_at=due_for(partner, ChangeKind.NEW)))
    return laid


def _as_news(partner: Partner, edition: Edition) -> Wanted:
    return Wanted(partner, edition, ChangeKind.NEW, way=partner.way, title="", asked=False)


def _asked() -> PartnerQuerySet:
    asked = Partner.objects.listening().filter(catch_up_from__isnull=False)
    return asked.choosing()


@retry_when_locked
@transaction.atomic
def _portion(partner: Partner, room: int | None = None) -> int:
    """Returns how many lines were laid. Whoever asks anew meanwhile is served by the next round."""
    asked = {"catch_up_from": partner.catch_up_from, "catch_up_after": partner.catch_up_after}
    mine = Partner.objects.filter(pk=partner.pk, **asked)
    if not mine.hold():
        return 0
    if partner.catch_up_total is None:
        mine.update(catch_up_total=sum(1 for _edition in _wanted(partner)))
    room = _room(partner) if room is None else room
    if room <= 0:
        return 0
    portion = list(islice(_wanted(partner), room + 1))
    due_at = due_for(partner, ChangeKind.NEW, delay=False)
    laid = sum(lay(partner, edition, ChangeKind.NEW, due_at=due_at) for edition in portion[:room])
    done = {"catch_up_from": None} if len(portion) <= room else {"catch_up_after": portion[room - 1].pk}
    mine.update(catch_up_done=F("catch_up_done") + laid, **done)
    return laid


def _room(partner: Partner) -> int:
    """What happens today goes first."""
    if partner.way == Way.FEED:
        return AT_MOST
    waiting = Delivery.objects.waiting().filter(partner=partner, way=Way.MAIL).exclude(kind__in=AT_ONCE_TOLD)
    if partner.pace == Pace.DAILY:
        return sending.AT_ONCE - waiting.count()
    return partner.daily_limit - sending.sent_today(partner) - waiting.count()


def _wanted(partner: Partner) -> Iterator[Edition]:
    """What it may have and never got, the oldest first, behind what is done."""
    begins = timezone.make_aware(datetime.combine(partner.catch_up_from, time()))
    asked = _missed(partner).filter(public_since__gte=begins, pk__gt=partner.catch_up_after)
    return _taken(partner, asked)


def _missed(partner: Partner) -> QuerySet[Edition]:
    editions = Edition.objects.public().filter(channel__municipality=partner.municipality_id)
    theirs = Delivery.objects.filter(partner=partner).exclude(state=DeliveryState.CANCELLED)
    known = theirs.filter(Q(way=partner.way) | ~Q(state=DeliveryState.WAITING))
    return editions.exclude(pk__in=known.values("edition")).exclude(Exists(_got_through_the_hub(partner)))


def _taken(partner: Partner, missed: QuerySet[Edition]) -> Iterator[Edition]:
    """Of these, what it takes and no other tells it."""
    speaker, senders = speaker_for(partner), Senders(partner.municipality, hands_over=True)
    related = missed.select_related("item__remote").defer("item__remote__html", "item__remote__summary")
    for edition in related.order_by("pk").iterator(AT_MOST):
        if senders.leave_to_other(partner, edition, told_at=edition.public_since):
            continue
        if partner.wants(edition.language, {topic.code for topic in speaker.topics(edition)}):
            yield edition


def _got_through_the_hub(partner: Partner) -> QuerySet[HubLine]:
    """Or gets soon."""
    gets = (*GOT, DeliveryState.WAITING, DeliveryState.UNDER_WAY)
    mine = HubLine.objects.filter(state__in=gets, membership__municipality=partner.municipality_id)
    same = {"item": OuterRef("item"), "language": OuterRef("language")}
    return mine.filter(mailbox=mailbox_digest(partner.email), **same)


def _log(partner: Partner, action: str, user: Any, **data: str) -> None:
    name = f"diaspora_syndication.{action}"
    logs.log(partner, name, user=user, municipality=partner.municipality, data=data or None)
