"""Lines of the ledger that are to go out, also where they went out before.

Public API: `lay(partner, edition, kind)`, `lay_many(wanted)`, `lay_anew(line)`, `way_to(partner, kind, had)`,
`has_it(…)`, `who_has(lines)`.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from ..models import Delivery, Edition, Partner
from ..states import AT_ONCE_TOLD, REACHED_FROM, ChangeKind, DeliveryState, EditionState, Way

__all__ = ["Wanted", "has_it", "lay", "lay_anew", "lay_many", "way_to", "who_has"]


class Wanted(NamedTuple):
    """What is to wait for a partner, as `lay` takes it."""

    partner: Partner
    edition: Edition
    kind: str
    way: str
    title: str
    asked: bool


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

    The caller holds the partner.
    """
    if not (kind := _kind_now(partner, edition, kind)):
        return False
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


def lay_many(wanted: Iterable[Wanted], *, due_at: datetime) -> list[Wanted]:
    """The same for many, by few statements; returns those that were laid. The caller holds the partners."""
    by_line: dict[tuple, Wanted] = {}
    for one in wanted:
        if kind := _kind_now(one.partner, one.edition, one.kind):
            named = (one.partner.pk, one.edition.pk, one.edition.version, one.way)
            by_line.setdefault(named, one._replace(kind=kind))
    partners, editions = ({key[place] for key in by_line} for place in (0, 1))
    rows = Delivery.objects.filter(partner__in=partners, edition__in=editions)
    there = {(row.partner_id, row.edition_id, row.version, row.way): row for row in rows}
    new = [_line(one, due_at) for key, one in by_line.items() if key not in there]
    Delivery.objects.bulk_create(new)
    again = {key: there[key] for key in by_line if key in there and _may_wait(there[key])}
    by_facts = defaultdict(list)
    for key, row in again.items():
        by_facts[by_line[key].kind, by_line[key].asked].append(row.pk)
    for (kind, asked), keys in by_facts.items():
        facts = {"kind": kind, "asked": asked, "due_at": due_at}
        Delivery.objects.filter(pk__in=keys).reach(DeliveryState.WAITING, **facts)
    return [one for key, one in by_line.items() if key in again or key not in there]


def _line(one: Wanted, due_at: datetime) -> Delivery:
    facts = {name: getattr(one, name) for name in ("partner", "edition", "kind", "way", "asked")}
    title = (one.edition.title or one.title)[:250]
    numbers = {"version": one.edition.version, "number": one.edition.number}
    return Delivery(**facts, **numbers, title=title, due_at=due_at)


def _may_wait(row: Delivery) -> bool:
    return row.state in REACHED_FROM[DeliveryState.WAITING]


def _kind_now(partner: Partner, edition: Edition, kind: str) -> str | None:
    """Under embargo it is announced, to those only that take such items."""
    if edition.state == EditionState.EMBARGOED:
        return ChangeKind.EMBARGOED if partner.takes_embargoed else None
    return ChangeKind.NEW if kind == ChangeKind.EMBARGOED else kind


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


def who_has(lines: Iterable[Delivery]) -> set[tuple[int, int]]:
    """Of the partners and editions of these, those for which `has_it` is true."""
    pairs = {(line.partner_id, line.edition_id) for line in lines}
    partners, editions = ({pair[place] for pair in pairs} for place in (0, 1))
    got = Delivery.objects.got().filter(partner__in=partners, edition__in=editions).order_by("version")
    last = {(row.partner_id, row.edition_id): row.kind for row in got.only("partner", "edition", "kind")}
    return {pair for pair in pairs if last.get(pair, ChangeKind.WITHDRAWN) != ChangeKind.WITHDRAWN}
