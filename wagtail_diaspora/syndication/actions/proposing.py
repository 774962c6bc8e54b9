"""Examples of good practice that a newsroom could report on.

Public API: `proposed_to(partner, language)`, `LISTED`.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ..models import Delivery, Edition, Partner
from ..states import GOT, DeliveryState
from .finding import best_editions

__all__ = ["LISTED", "proposed_to"]

LISTED = 5
AGAIN_AFTER = timedelta(days=30)
"""Of what it got and has not said to have aired, it is reminded."""


def proposed_to(partner: Partner, language: str) -> QuerySet[Edition]:
    """The newest first, each once, in the nearest of the languages that it takes; whatever its topics."""
    lately = timezone.now() - AGAIN_AFTER
    known = Q(state__in=(DeliveryState.WAITING, DeliveryState.UNDER_WAY, DeliveryState.AIRED))
    known |= Q(state__in=GOT, state_at__gte=lately)
    lines = Delivery.objects.filter(known, partner=partner, edition__item=OuterRef("item"))
    examples = Edition.objects.examples().filter(channel__municipality=partner.municipality_id)
    examples = best_editions(examples, language, only=partner.languages)
    return examples.filter(~Exists(lines)).select_related("item__remote__source")
