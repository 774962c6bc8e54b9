from __future__ import annotations

import contextlib
import logging

from django.utils import timezone

from wagtail_diaspora import conf
from wagtail_diaspora.exceptions import KeysMissing, Tampered

from .. import applicability, backoff, signals
from ..categories import Category
from ..channels import registry
from ..channels.base import Channel
from ..claims import Claim, claim, release, settle
from ..exceptions import Deferred, DeliveryError, NotYet, Refused, Unreachable
from ..logs import without_text
from ..models import Message
from ..states import State

__all__ = ["deliver_due"]

logger = logging.getLogger(__name__)


def deliver_due(limit: int | None = None, worker: str | None = None) -> int:
    """Send what is due, batch by batch; returns how many messages were accepted.

    Ends when nothing is due, after `limit` messages, or when the other side is away. Never call it inside a
    transaction: each result is committed on its own. Any number of processes may run it at once.
    """
    sent = tried = 0
    while limit is None or tried < limit:
        size = conf.OUTBOX_BATCH_SIZE if limit is None else min(conf.OUTBOX_BATCH_SIZE, limit - tried)
        lease = claim(limit=size, worker=worker or "")
        if not lease.messages:
            break
        batch = Batch(lease)
        batch.run()
        tried, sent = tried + len(lease.messages), sent + batch.sent
        if batch.unreachable:
            break
    return sent


class Batch:
    """Leased messages on their way out, over one connection per channel."""

    def __init__(self, lease: Claim):
        self.lease, self.sent, self.unreachable = lease, 0, False
        self.channels: dict[str, Channel] = {}

    def run(self) -> None:
        messages = self.lease.messages
        with contextlib.ExitStack() as self.stack:
            for position, message in enumerate(messages):
                if self.unreachable or self.lease.is_over:
                    return release(self.lease, messages[position:])
                self.deliver(message)
        return None

    def deliver(self, message: Message) -> None:
        try:
            applies = self.send(message)
        except NotYet as later:
            settle(self.lease, message, due_at=later.until, attempts=message.attempts - 1)
        except DeliveryError as error:
            self.note_failure(message, error)
        except Exception as error:
            logger.error("Message %s could not be sent: %s", message.pk, without_text(error))
            self.note_failure(message, internal(error))
        else:
            self.note_sent(message) if applies else self.note_cancelled(message)

    def send(self, message: Message) -> bool:
        """False when the message no longer applies."""
        if message.attempts > conf.OUTBOX_MAX_ATTEMPTS:
            raise Refused(Category.GAVE_UP)
        if not applicability.still_applies(message):
            return False
        self.channel(message.channel).send(message)
        return True

    def channel(self, name: str) -> Channel:
        if name not in self.channels:
            channel = registry.get(name)()
            self.stack.callback(channel.close)
            channel.open(until=self.lease.last_moment)
            self.channels[name] = channel
        return self.channels[name]

    def note_sent(self, message: Message) -> None:
        self.sent += 1
        changes = {"state": State.SENT, "sent_at": timezone.now(), "error_code": "", "last_error": ""}
        if settle(self.lease, message, **changes):
            signals.announce(signals.message_sent, message=message)
        else:
            logger.warning("Message %s was accepted after its lease had ended.", message.pk)

    def note_cancelled(self, message: Message) -> None:
        settle(self.lease, message, state=State.CANCELLED)
        logger.info("Message %s no longer applies.", message.pk)

    def note_failure(self, message: Message, error: DeliveryError) -> None:
        self.unreachable = self.unreachable or isinstance(error, Unreachable)
        reason = {"last_error": error.category, "error_code": error.code}
        if isinstance(error, Refused) or message.attempts >= conf.OUTBOX_MAX_ATTEMPTS:
            self.bury(message, error, reason)
        else:
            settle(self.lease, message, due_at=timezone.now() + backoff.jittered(message.attempts), **reason)
            logger.info("Message %s is tried again later: %s %s", message.pk, error.category, error.code)

    def bury(self, message: Message, error: DeliveryError, reason: dict[str, str]) -> None:
        if settle(self.lease, message, state=State.FAILED, **reason):
            logger.error("Message %s failed: %s %s", message.pk, error.category, error.code)
            signals.announce(
                signals.message_failed, message=message, category=error.category, code=error.code
            )


def internal(error: Exception) -> DeliveryError:
    match error:
        case Tampered():
            return Refused(Category.UNREADABLE)
        case KeysMissing():
            return Unreachable(Category.UNREADABLE)
    return Deferred(Category.INTERNAL)
