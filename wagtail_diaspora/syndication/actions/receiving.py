"""What the other side says: a person, or their software by what it fetched.

Public API: `confirm(line)`, `air(line, on)`, `note_fetched(partner, path)`.
"""

from datetime import date

from django.db.models import F, Q
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked

from ..models import Delivery, FeedFile
from ..states import DeliveryState, Way

__all__ = ["air", "confirm", "note_fetched"]


@retry_when_locked
def confirm(line: Delivery) -> bool:
    return bool(Delivery.objects.filter(pk=line.pk).reach(DeliveryState.CONFIRMED))


@retry_when_locked
def air(line: Delivery, *, on: date) -> bool:
    """A second time another day may be named: the last one holds."""
    lines = Delivery.objects.filter(pk=line.pk)
    aired = lines.filter(state=DeliveryState.AIRED).update(aired_on=on, noted_at=timezone.now())
    return bool(aired or lines.reach(DeliveryState.AIRED, aired_on=on))


@retry_when_locked
def note_fetched(partner: int, path: str) -> int:
    """Their software took these bytes: the newest lines of what stands in them, and of nothing else."""
    file = FeedFile.objects.filter(path=path).values("number", "carries").first()
    if file is None:
        return 0
    current = {"version": F("edition__version"), "number__lte": file["number"]}
    newest = Delivery.objects.filter(partner=partner, edition__in=file["carries"], **current)
    newest = newest.exclude(Q(way=Way.MAIL, state=DeliveryState.WAITING))
    return Delivery.objects.filter(pk__in=newest.values("pk")).reach(DeliveryState.FETCHED)
