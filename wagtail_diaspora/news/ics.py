"""An event as a file for the reader's calendar.

Public API: `calendar_file`.
"""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.utils import timezone
from icalendar import Calendar, Event, vUri

from .models import AbstractEventPage

__all__ = ["calendar_file"]


def calendar_file(page: AbstractEventPage) -> bytes:
    """The same `UID` whenever it is fetched, so that a calendar changes its entry and adds none."""
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//wagtail-diaspora//news//")
    calendar.add("version", "2.0")
    event.add("uid", f"{page.translation_key}@{urlsplit(page.full_url).hostname}")
    event.add("dtstamp", _utc(page.last_published_at or timezone.now()))
    event.add("dtstart", _utc(page.starts_at))
    if page.ends_at:
        event.add("dtend", _utc(page.ends_at))
    event.add("summary", page.title)
    event.add("description", page.summary)
    event.add("location", page.location)
    event.add("url", vUri(page.full_url))
    calendar.add_component(event)
    return calendar.to_ical()


def _utc(moment: datetime) -> datetime:
    """In no time zone of its own, which the file would have to explain."""
    return moment.astimezone(UTC)
