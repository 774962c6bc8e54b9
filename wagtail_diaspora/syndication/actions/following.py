"""What became of the mails, as the outbox knows it.

Public API: `follow()`, `note_result(message)`, `note_returned(message)`, `note_accepted(message)`,
`still_stands(message)`. The outbox's signals only hurry: a process killed before them leaves it to `follow`.
"""

from datetime import datetime

from django.db import transaction

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.states import State

from ..models import Delivery, Partner
from ..states import AT_ONCE_TOLD, DeliveryState, EditionState
from .attaching import forget_pictures
from .choosing import redated, speaker_for, still_wanted
from .lines import has_it, lay_anew

__all__ = ["follow", "note_accepted", "note_result", "note_returned", "still_stands"]

AT_ONCE = 500
RESULTS = {State.SENT: DeliveryState.SENT, State.FAILED: DeliveryState.BOUNCED}


def follow() -> int:
    """Every settled mail of which the lines do not know yet; returns how many there were."""
    keys = Delivery.objects.under_way().values("message_key")
    settled = list(Message.objects.settled().filter(key__in=keys).order_by("ordinal")[:AT_ONCE])
    for message in settled:
        note_result(message)
    return len(settled)


@retry_when_locked
@transaction.atomic
def note_result(message: Message) -> None:
    lines = Delivery.objects.under_way().filter(message_key=message.key)
    if message.state in RESULTS:
        lines.reach(RESULTS[message.state], at=message.sent_at)
    elif message.state == State.CANCELLED:
        _begin_again(message)
    forget_pictures(Delivery.objects.filter(message_key=message.key))


def note_returned(message: Message) -> None:
    """In the transaction that marks the mail. What a person confirmed stays confirmed."""
    Delivery.objects.filter(message_key=message.key).reach(DeliveryState.BOUNCED)


def note_accepted(message: Message, at: datetime | None = None) -> None:
    """Their own mail server has it, as the service that speaks with it says."""
    Delivery.objects.filter(message_key=message.key).reach(DeliveryState.ACCEPTED, at=at)


def still_stands(message: Message) -> bool:
    """Asked right before it leaves: is each of its items still as it says, and the partner still there?"""
    lines = Delivery.objects.under_way().filter(message_key=message.key)
    lines = list(lines.select_related("partner", "edition"))
    return bool(lines) and all(_stands(line, message.recipient) for line in lines)


def _stands(line: Delivery, recipient: str) -> bool:
    """Who never got the item is not told that it was wrong; who chose otherwise since gets another mail."""
    partner, edition = line.partner, line.edition
    if partner.chosen_at and line.posted_at and line.posted_at < partner.chosen_at:
        return False
    current = partner.is_confirmed and partner.email == recipient and line.version == edition.version
    free = partner.takes_embargoed or edition.state != EditionState.EMBARGOED
    return current and free and (line.kind not in AT_ONCE_TOLD or has_it(partner, edition))


def _begin_again(message: Message) -> None:
    """Its mail was not sent, since something had changed: what is to be told now waits instead."""
    Partner.objects.filter(deliveries__message_key=message.key).hold()
    lines = Delivery.objects.under_way().filter(message_key=message.key)
    again = list(lines.select_related("partner", "edition__item"))
    lines.cancel()
    for partner in Partner.objects.choosing().listening().filter(pk__in={line.partner_id for line in again}):
        speaker = speaker_for(partner)
        for line in again:
            if still_wanted(partner, line, speaker):
                lay_anew(line, due_at=redated(partner, line))
