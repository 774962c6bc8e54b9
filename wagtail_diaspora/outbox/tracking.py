"""What a service tells through django-anymail of a mail that it could not deliver."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from . import signals
from .actions import give_back
from .actions.returning import Outcome
from .bounces import Bounce, reason
from .categories import Category
from .channels.building import METADATA_KEY
from .identity import keys_in, mailbox_of
from .models import Message

if TYPE_CHECKING:
    from anymail.signals import AnymailTrackingEvent

__all__ = ["StillUnderWay", "note_event"]

DELIVERED = "delivered"
FAILED = ("bounced", "rejected")
BY_REASON = {
    "invalid": Category.BAD_ADDRESS,
    "timed_out": Category.UNANSWERED,
    "spam": Category.SUSPECTED,
}


class StillUnderWay(Exception):
    """The service was faster than our commit. anymail answers 500, and the service comes back."""


def note_event(event: AnymailTrackingEvent, **kwargs: Any) -> None:
    if event.event_type == DELIVERED:
        _note_delivered(event)
    if event.event_type in FAILED and give_back(_bounce(event)) is Outcome.UNDER_WAY:
        raise StillUnderWay


def _note_delivered(event: AnymailTrackingEvent) -> None:
    for message in Message.objects.filter(pk__in=_messages(event), channel="mail"):
        signals.announce(signals.message_accepted, message=message, at=event.timestamp)


def _bounce(event: AnymailTrackingEvent) -> Bounce:
    category, code = reason(str(event.mta_response or ""))
    return Bounce(
        messages=_messages(event),
        recipients=frozenset([mailbox_of(event.recipient or "")]),
        category=category if code else BY_REASON.get(event.reject_reason, category),
        code=code,
        at=_moment(event.timestamp),
    )


def _moment(at: datetime | None) -> datetime | None:
    """The end of its second, where a service gives whole ones."""
    return at + timedelta(seconds=1) if at and not at.microsecond else at


def _messages(event: AnymailTrackingEvent) -> tuple[UUID, ...]:
    """By what we gave the service, else by its Message-ID, where it left ours."""
    try:
        return (UUID(event.metadata[METADATA_KEY]),)
    except (KeyError, TypeError, ValueError, AttributeError):
        return tuple(keys_in(str(event.message_id or "")))
