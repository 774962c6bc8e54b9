from __future__ import annotations

import logging
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked

from .. import signals
from ..bounces import Bounce
from ..identity import mailbox_of
from ..models import Message
from ..states import State

__all__ = ["Outcome", "give_back"]

logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    RETURNED = "marked as returned"
    UNDER_WAY = "still being sent"
    OTHER_RECIPIENT = "about another recipient"
    NOTHING_NEW = "nothing to change"
    NOT_OURS = "no message of ours"


def give_back(bounce: Bounce) -> Outcome:
    """Let a sent message fail because it came back; the same bounce again changes nothing.

    Who writes a false notification must know Message-ID and recipient, which only the mail itself has. While
    the message is still under way, ask again later: its server may be faster than our commit.
    """
    named = Message.objects.filter(pk__in=bounce.messages, channel="mail")
    readable = [message for message in named if not message.body_erased_at]
    if not readable:
        return Outcome.NOTHING_NEW if named else Outcome.NOT_OURS
    message = next((row for row in readable if mailbox_of(row.recipient) in bounce.recipients), None)
    if message is None:
        return Outcome.OTHER_RECIPIENT
    if message.state == State.WAITING and message.lease_until and message.lease_until > timezone.now():
        return Outcome.UNDER_WAY
    return Outcome.RETURNED if _mark(message, bounce) else Outcome.NOTHING_NEW


@retry_when_locked
def _mark(message: Message, bounce: Bounce) -> bool:
    """What was let go again after the moment of the bounce is due later: that sending did not come back."""
    failed = {
        "state": State.FAILED,
        "sent_at": None,
        "last_error": bounce.category,
        "error_code": bounce.code,
    }
    sent = Message.objects.filter(pk=message.pk, state=State.SENT, body_erased_at=None)
    if bounce.at:
        sent = sent.filter(due_at__lte=bounce.at)
    sent_at = message.sent_at
    with transaction.atomic():
        if not sent.update(**failed):
            return False
        for name, value in failed.items():
            setattr(message, name, value)
        signals.message_returned.send(sender=Message, message=message, sent_at=sent_at)
    logger.error("Message %s came back: %s %s", message.pk, bounce.category, bounce.code)
    signals.announce(signals.message_failed, message=message, category=bounce.category, code=bounce.code)
    return True
