"""What the clock and the task queue do, one after the other."""

from . import catching_up, following, publishing, rendering, sending, telling

__all__ = ["publish", "tell"]


def publish() -> int:
    """Tell what is due and write the feeds that follow from it; returns how many changes were told."""
    told = publishing.reconcile_due()
    rendering.render_due()
    return told


def tell() -> int:
    """Partners, of what was told; returns how many mails were written for them."""
    following.follow()
    telling.note_changes()
    catching_up.catch_up_all()
    return sending.send_due()
