"""What the outbox announces.

What was sent and what failed is announced after the result is committed, with `send_robust`. A process
killed between the commit and the signal announces nothing, so a receiver may only hurry what a
periodic job or the row itself (`Message.objects.failed()`) would show anyway.
"""

import logging
from typing import Any

from django.dispatch import Signal

from .logs import without_text

__all__ = [
    "announce",
    "backup_restored",
    "message_accepted",
    "message_failed",
    "message_returned",
    "message_sent",
]

logger = logging.getLogger(__name__)

message_sent = Signal()
"""The other side accepted a message. Arguments: `sender` (the `Message` class), `message`."""

message_accepted = Signal()
"""A service that speaks with the recipient's own mail server says that this one has it. Arguments: `sender`,
`message`, `at`. Where mails go through a server of the host, nobody says so."""

message_failed = Signal()
"""A message became a dead letter. Arguments: `sender` (the `Message` class), `message`,
`category` (`outbox.categories.Category`), `code` (protocol code such as "550 5.1.1", may be empty)."""

message_returned = Signal()
"""A message that was sent came back. Sent inside the transaction that marks it, so that what a receiver
writes is committed with it; `message_failed` follows. Arguments: `sender`, `message`."""

backup_restored = Signal()
"""An older state of the database is back, and nothing runs yet. A room puts aside what waits of its own,
which may have been sent, and returns in a sentence what it did. Mails that wait are put aside after it."""


def announce(signal: Signal, *, message: Any, **arguments: Any) -> None:
    for receiver, response in signal.send_robust(sender=type(message), message=message, **arguments):
        if isinstance(response, Exception):
            logger.error("Receiver %r of an outbox signal failed: %s", receiver, without_text(response))
