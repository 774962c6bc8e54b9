"""Public API of the outbox: what may be asked of it."""

from .aftercare import erase, erase_bodies, put_aside, resend
from .delivering import deliver_due
from .posting import Mail, Post, post_mail, post_mails, post_messages
from .returning import give_back

__all__ = [
    "Mail",
    "Post",
    "deliver_due",
    "erase",
    "erase_bodies",
    "give_back",
    "post_mail",
    "post_mails",
    "post_messages",
    "put_aside",
    "resend",
]
