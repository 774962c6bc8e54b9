"""Again, because somebody asks for it: one line, many, or what a new partner has missed.

Public API: `redeliver(lines, user)`, `ask_to_catch_up(partner, since, user)`, `catch_up_all()`.
"""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities import logs

from ..models import Delivery, Edition, Partner
from ..states import REACHED_FROM, ChangeKind, DeliveryState, EditionState
from .apart import apart
from .building import Speaker
from .lines import has_it, lay

__all__ = ["ask_to_catch_up", "catch_up_all", "redeliver"]

AT_MOST = 200


@retry_when_locked
@transaction.atomic
def redeliver(lines: QuerySet[Delivery], *, user: Any) -> int:
    """Each item as it stands now, at once; what a person has confirmed is left alone. How many went."""
    again = lines.filter(state__in=REACHED_FROM[DeliveryState.WAITING])
    again = again.exclude(state=DeliveryState.UNDER_WAY).filter(partner__in=Partner.objects.confirmed())
    Partner.objects.filter(deliveries__in=again).hold()
    count = 0
    for line in again.select_related("partner__municipality", "edition__item__municipality"):
        withdrawn = line.edition.state == EditionState.WITHDRAWN
        if withdrawn == (line.kind == ChangeKind.WITHDRAWN):
            mends = line.kind == ChangeKind.CORRECTED and has_it(line.partner, line.edition)
            kind = line.kind if withdrawn or mends else ChangeKind.NEW
            laid = lay(line.partner, line.edition, kind, due_at=timezone.now(), title=line.title)
            count += laid
            _log(line, laid, user)
    return count


@retry_when_locked
@transaction.atomic
def ask_to_catch_up(partner: Partner, *, since: date, user: Any) -> None:
    """The next round does it, so that no request writes hundreds of lines."""
    Partner.objects.filter(pk=partner.pk).update(catch_up_from=since)
    action, municipality = "diaspora_syndication.partner_catch_up", partner.municipality
    logs.log(partner, action, user=user, municipality=municipality, data={"since": since.isoformat()})


def catch_up_all() -> int:
    asked = Partner.objects.confirmed().filter(catch_up_from__isnull=False)
    return apart(_catch_up, asked.select_related("municipality__site"))


@retry_when_locked
@transaction.atomic
def _catch_up(partner: Partner) -> int:
    """The newest that it may have and never got, at most AT_MOST; its daily limit spreads them."""
    mine = Partner.objects.filter(pk=partner.pk, catch_up_from=partner.catch_up_from)
    if not mine.update(catch_up_from=None):
        return 0
    Partner.objects.filter(pk=partner.pk).hold()
    begins = timezone.make_aware(datetime.combine(partner.catch_up_from, time()))
    editions = Edition.objects.public().filter(channel__municipality=partner.municipality_id)
    theirs = Delivery.objects.filter(partner=partner).exclude(state=DeliveryState.CANCELLED)
    known = theirs.filter(Q(way=partner.way) | ~Q(state=DeliveryState.WAITING))
    missed = editions.filter(public_since__gte=begins).exclude(pk__in=known.values("edition"))
    related = missed.select_related("item", "channel").prefetch_related("item__topics")
    speaker = Speaker.of(partner.municipality, translation.get_language() or "")
    wanted = [e for e in related.order_by("-public_since")[:AT_MOST] if _wants(partner, e, speaker)]
    return sum(lay(partner, e, ChangeKind.NEW, due_at=timezone.now()) for e in reversed(wanted))


def _wants(partner: Partner, edition: Edition, speaker: Speaker) -> bool:
    return partner.wants(edition.language, {topic.code for topic in speaker.topics(edition)})


def _log(line: Delivery, laid: bool, user: Any) -> None:
    if laid:
        item, action = line.edition.item, "diaspora_syndication.told_again"
        logs.log(item, action, user=user, municipality=item.municipality, data={"partner": line.partner_id})
