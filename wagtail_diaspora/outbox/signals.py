"""What the outbox announces. Both are sent after the result is committed, with `send_robust`.

A process killed between the commit and the signal announces nothing, so a receiver may only hurry what a
periodic job or the row itself (`Message.objects.failed()`) would show anyway.
"""

from django.dispatch import Signal

__all__ = ["message_failed", "message_sent"]

message_sent = Signal()
"""The other side accepted a message. Arguments: `sender` (the `Message` class), `message`."""

message_failed = Signal()
"""A message became a dead letter. Arguments: `sender` (the `Message` class), `message`,
`category` (`outbox.categories.Category`), `code` (protocol code such as "550 5.1.1", may be empty)."""
