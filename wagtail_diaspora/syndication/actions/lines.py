"""One line of the ledger that is to go out, also where it went out before.

Public API: `lay(partner, edition, kind)`.
"""

from datetime import datetime

from ..models import Delivery, Edition, Partner
from ..states import ChangeKind, DeliveryState, EditionState

__all__ = ["has_it", "lay"]


def lay(partner: Partner, edition: Edition, kind: str, *, due_at: datetime, title: str = "") -> bool:
    """The edition as it stands now waits for this partner; False where it does already, or is under way.

    Under embargo it is for those only that take such items. The caller holds the partner.
    """
    if edition.state == EditionState.EMBARGOED:
        if not partner.takes_embargoed:
            return False
        kind = ChangeKind.EMBARGOED
    elif kind == ChangeKind.EMBARGOED:
        kind = ChangeKind.NEW
    words = {"number": edition.number, "title": (edition.title or title)[:250]}
    line, new = Delivery.objects.get_or_create(
        partner=partner,
        edition=edition,
        version=edition.version,
        way=partner.way,
        defaults={**words, "kind": kind, "due_at": due_at},
    )
    facts = {"kind": kind, "due_at": due_at}
    return new or bool(Delivery.objects.filter(pk=line.pk).reach(DeliveryState.WAITING, **facts))


def has_it(partner: Partner, edition: Edition) -> bool:
    """Whether there is anything at the partner that a correction could mend."""
    got = Delivery.objects.got().filter(partner=partner, edition=edition).order_by("-version").first()
    return got is not None and got.kind != ChangeKind.WITHDRAWN
