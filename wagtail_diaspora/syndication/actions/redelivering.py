"""Because somebody asks for it: what went out goes out again, or an example to a newsroom.

Public API: `redeliver(lines, user)`, `send_example(partner, edition)`, `settle_aside(lines, state)`.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities import logs

from ..models import Delivery, Edition, Partner
from ..states import REACHED_FROM, ChangeKind, DeliveryState, EditionState, Way
from .lines import Wanted, lay, lay_many, way_to, who_has

__all__ = ["redeliver", "send_example", "settle_aside"]


@retry_when_locked
@transaction.atomic
def redeliver(lines: QuerySet[Delivery], *, user: Any) -> int:
    """Each item as it stands now, at once; what a person has confirmed is left alone. How many went."""
    again = lines.filter(state__in=REACHED_FROM[DeliveryState.WAITING])
    again = again.exclude(state=DeliveryState.UNDER_WAY).filter(partner__in=Partner.objects.confirmed())
    Partner.objects.filter(deliveries__in=again).hold()
    related = again.select_related("partner__municipality", "edition__item__municipality")
    chosen = list(related.order_by("-version", "pk"))  # of several versions the newest says what is told
    laid = lay_many(_as_they_stand(chosen), due_at=timezone.now())
    _log(laid, user)
    return len(laid)


def _as_they_stand(lines: list[Delivery]) -> Iterator[Wanted]:
    """A correction to whoever has what it corrects; to all others it is news."""
    having = who_has(line for line in lines if line.kind == ChangeKind.CORRECTED)
    for line in lines:
        withdrawn = line.edition.state == EditionState.WITHDRAWN
        if withdrawn == (line.kind == ChangeKind.WITHDRAWN):
            mends = (line.partner_id, line.edition_id) in having and line.kind == ChangeKind.CORRECTED
            kind = line.kind if withdrawn or mends else ChangeKind.NEW
            how = {"title": line.title, "way": way_to(line.partner, kind, line), "asked": line.asked}
            yield Wanted(line.partner, line.edition, kind, **how)


@retry_when_locked
@transaction.atomic
def send_example(partner: Partner, edition: Edition) -> bool:
    """By e-mail and at once, since the newsroom itself asked for it; False where it goes out already."""
    if not Partner.objects.confirmed().filter(pk=partner.pk).hold():
        return False
    asked = {"way": Way.MAIL, "asked": True}
    return lay(partner, edition, ChangeKind.NEW, due_at=timezone.now(), **asked)


@retry_when_locked
@transaction.atomic
def settle_aside(lines: QuerySet[Delivery], *, state: DeliveryState, user: Any) -> int:
    """Somebody knows what became of what a restored backup had waiting. How many lines that were."""
    chosen = {line.pk: line for line in lines.select_related("partner__municipality", "edition__item")}
    count = Delivery.objects.filter(pk__in=chosen).reach(state)
    for line in chosen.values():
        data = {"state": state, "item": str(line.edition.item_id)}
        action, municipality = "diaspora_syndication.aside_settled", line.partner.municipality
        logs.log(line.partner, action, user=user, municipality=municipality, data=data)
    return count


def _log(laid: list[Wanted], user: Any) -> None:
    """One entry for each item, with whom it is told."""
    partners = defaultdict(set)
    for one in laid:
        partners[one.edition.item].add(one.partner.pk)
    for item, told in partners.items():
        data, action = {"partners": sorted(told)}, "diaspora_syndication.told_again"
        logs.log(item, action, user=user, municipality=item.municipality, data=data)
