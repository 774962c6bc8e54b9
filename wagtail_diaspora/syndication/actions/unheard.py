"""News that a municipality handed over to its hub, and that no newsroom has got there.

Public API: `telling_hub(item)`, `unheard_of(memberships)`.
"""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from ..models import Edition, HubLine, Item, Membership
from ..states import MembershipState

__all__ = ["telling_hub", "unheard_of"]

PATIENCE = timedelta(days=1)
"""The hub's editors may want to look at it first."""
LOOKED_BACK = timedelta(days=14)
MOST = 100


def unheard_of(memberships: Collection[Membership]) -> list[Edition]:
    """The newest first; what is older than two weeks is news no more."""
    by_town = {row.municipality_id: row for row in memberships if _hands_over(row)}
    if not by_town:
        return []
    now = timezone.now()
    membership, told = "item__municipality__membership", HubLine.objects.told().filter(item=OuterRef("item"))
    found = Edition.objects.public().filter(
        ~Exists(told),
        item__source=None,
        public_since__range=(now - LOOKED_BACK, now - PATIENCE),
        language=F(f"{membership}__language"),
        **{f"{membership}__in": list(by_town.values())},
    )
    newest = found.select_related("item").order_by("-public_since", "-pk")[:MOST]
    return [one for one in newest if by_town[one.item.municipality_id].handed_over_at(one.public_since)]


def telling_hub(item: Item) -> Membership | None:
    """The hub from which newsrooms are to hear of this item; its lines are not asked for."""
    row = Membership.objects.filter(municipality=item.municipality_id).first()
    if row is None or not _hands_over(row):
        return None
    public = item.editions.public().filter(language=row.language).first()
    return row if public and row.handed_over_at(public.public_since) else None


def _hands_over(row: Membership) -> bool:
    return row.state == MembershipState.MEMBER and row.hands_over and bool(row.newsrooms)
