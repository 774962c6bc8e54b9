"""The number of a channel: each change takes the next, whoever else is at it."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from wagtail_diaspora.municipalities.models import Municipality

from ..models import Channel

__all__ = ["count_on", "count_on_all"]


def count_on(channel: Channel) -> tuple[int, datetime]:
    """The next number and its moment, a second after the last at least. Holds the row until the commit."""
    row = Channel.objects.filter(pk=channel.pk)
    row.update(number=F("number") + 1)
    number, last = row.values_list("number", "changed_at").get()
    at = max(timezone.now(), last + timedelta(seconds=1))
    row.update(changed_at=at)
    return number, at


def count_on_all(municipality: Municipality) -> None:
    """What every feed of the municipality says of it has changed, though no item has."""
    for channel in Channel.objects.filter(municipality=municipality):
        count_on(channel)
