"""Public API of the outbox: what may be asked of it."""

from .aftercare import cancel, erase, erase_bodies, resend
from .delivering import deliver_due
from .posting import Mail, post_mail, post_mails

__all__ = ["Mail", "cancel", "deliver_due", "erase", "erase_bodies", "post_mail", "post_mails", "resend"]
