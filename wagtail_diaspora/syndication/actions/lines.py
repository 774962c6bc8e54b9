"""One line of the ledger that is to go out, also where it went out before.

Public API: `lay(partner, edition, kind)`, `lay_anew(line)`, `way_to(partner, kind, had)`, `has_it(…)`.
"""

from datetime import datetime

from ..models import Delivery, Edition, Partner
from ..states import AT_ONCE_TOLD, ChangeKind, DeliveryState, EditionState, Way

__all__ = ["has_it", "lay", "lay_anew", "way_to"]


def lay(
    partner: Partner,
    edition: Edition,
    kind: str,
    *,
    due_at: datetime,
    title: str = "",
    way: str = "",
    asked: bool = False,
) -> bool:
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
        way=way or partner.way,
        defaults={**words, "kind": kind, "due_at": due_at, "asked": asked},
    )
    facts = {"kind": kind, "due_at": due_at, "asked": asked}
    return new or bool(Delivery.objects.filter(pk=line.pk).reach(DeliveryState.WAITING, **facts))


def lay_anew(line: Delivery, *, due_at: datetime) -> bool:
    """Instead of a line that does not go out: the item as it stands, if there is still something to tell."""
    partner, edition = line.partner, line.edition
    had, withdrawn = has_it(partner, edition), line.kind == ChangeKind.WITHDRAWN
    if withdrawn != (edition.state == EditionState.WITHDRAWN) or withdrawn and not had:
        return False
    kind = line.kind if had or line.kind not in AT_ONCE_TOLD else ChangeKind.NEW
    way = way_to(partner, kind, line)
    return lay(partner, edition, kind, due_at=due_at, title=line.title, way=way, asked=line.asked)


def way_to(partner: Partner, kind: str, had: Delivery | None) -> str:
    """What came by mail is mended by mail, also to a newsroom that takes a feed since."""
    by_mail = had is not None and had.way == Way.MAIL and (kind in AT_ONCE_TOLD or had.asked)
    return Way.MAIL if by_mail else partner.way


def has_it(partner: Partner, edition: Edition) -> bool:
    """Whether there is anything at the partner that a correction could mend."""
    got = Delivery.objects.got().filter(partner=partner, edition=edition).order_by("-version").first()
    return got is not None and got.kind != ChangeKind.WITHDRAWN
