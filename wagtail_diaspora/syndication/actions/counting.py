"""The number of a channel: each change takes the next, whoever else is at it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities.models import Municipality

from ..models import Channel

__all__ = ["count_on", "count_on_all", "next_moment"]


def count_on(channel: Channel) -> tuple[int, datetime]:
    """The next number and its moment, a second after the last at least. Holds the row until the commit."""
    row = Channel.objects.filter(pk=channel.pk)
    row.update(number=F("number") + 1)
    number, last = row.values_list("number", "changed_at").get()
    at = max(timezone.now(), last + timedelta(seconds=1))
    row.update(changed_at=at)
    return number, at


def next_moment(municipality: Municipality, language: str) -> datetime:
    """Later than what was told, and no later than what is told next; in whole seconds, as feeds say them."""
    channel = Channel.objects.filter(municipality=municipality, language=language).first()
    after = channel.changed_at + timedelta(seconds=1) if channel else timezone.now()
    return max(timezone.now(), after).replace(microsecond=0)


@retry_when_locked
@transaction.atomic
def count_on_all(municipality: Municipality | None = None) -> None:
    """What every feed of the municipality, or of all, says has changed, though no item has."""
    channels = Channel.objects.filter(municipality=municipality) if municipality else Channel.objects.all()
    for channel in channels.order_by("pk"):
        count_on(channel)
