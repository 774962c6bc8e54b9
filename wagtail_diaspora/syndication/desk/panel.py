"""On the editor's home: what did not get there, and what nobody has decided about."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component

from wagtail_diaspora.municipalities.permissions import municipalities_for

from ..actions.deciding import undecided_in
from ..actions.inviting import unreached_of
from ..actions.senders import UNREAD
from ..actions.unheard import unheard_of
from ..models import Delivery, Going, HubLine, Member, Membership, RemoteSource
from .members import CHANGE as DECIDE
from .rights import MARK

READ = "diaspora_syndication.change_remotesource"
SHOWN = 5
COUNTED = 100


@dataclass(frozen=True)
class Counted:
    """How many rows there are, as far as anybody wants to know; `shown` says whether there are more."""

    count: int
    shown: str

    @classmethod
    def of(cls, rows: QuerySet) -> "Counted":
        found = rows.order_by()[: COUNTED + 1].count()
        return cls(COUNTED, f"{COUNTED}+") if found > COUNTED else cls(found, str(found))


class NewsPanel(Component):
    name = "diaspora-news"
    template_name = "diaspora_syndication/desk/panel.html"
    order = 60

    def __init__(self, request: HttpRequest):
        self.request = request

    @cached_property
    def municipalities(self) -> list:
        return list(municipalities_for(self.request.user, MARK).select_related("site__root_page"))

    def is_shown(self) -> bool:
        return bool(self.municipalities)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        lines = Delivery.objects.filter(partner__municipality__in=self.municipalities)
        gaps = lines.gaps()
        newest = gaps.select_related("partner", "edition").order_by("-bounced_at")
        return {
            "gaps": newest[:SHOWN],
            "gap_count": Counted.of(gaps),
            "aside": Counted.of(lines.aside()),
            "undecided": Counted.of(undecided_in(self.municipalities)),
            "unreached": unreached_of(self.municipalities, hubs=self._hubs()),
            **self._of_the_hub(),
            **self._of_others(),
        }

    def _of_others(self) -> dict[str, int]:
        """Sources that could not be read for about half an hour, and about which somebody has to decide."""
        mine = municipalities_for(self.request.user, READ)
        sources = RemoteSource.objects.filter(municipality__in=mine)
        failing = sources.going(Going.FAILING).filter(failures__gte=UNREAD)
        return {"unread": failing.count(), "moved": sources.going(Going.ASKS).count()}

    def _hubs(self) -> QuerySet:
        return municipalities_for(self.request.user, DECIDE)

    def _of_the_hub(self) -> dict[str, Any]:
        """Of a municipality's own, and at a hub of who wants to join it."""
        joined = list(Membership.objects.filter(municipality__in=self.municipalities))
        gaps = HubLine.objects.gaps().filter(membership__in=joined) if joined else HubLine.objects.none()
        unheard = unheard_of(joined)
        return {
            "hub_gaps": gaps.order_by("-bounced_at")[:SHOWN],
            "hub_gap_count": gaps.count(),
            "unheard": unheard[:SHOWN],
            "unheard_count": len(unheard),
            "silent": [row for row in joined if row.is_silent],
            "asking": Member.objects.asking().filter(municipality__in=self._hubs()).count(),
        }
