"""What the clock and the task queue do, one after the other."""

from . import catching_up, following, passing, polling, publishing, rendering, sending, telling

__all__ = ["compare", "publish", "read_others", "tell"]


def publish() -> int:
    """Tell what is due and write the feeds that follow from it; returns how many changes were told."""
    told = passing.pass_on_due() + publishing.reconcile_due()
    rendering.render_due()
    return told


def compare() -> int:
    """Everything with what was told of it: the guarantee."""
    return passing.pass_on_all() + publishing.reconcile_all()


def read_others() -> int:
    """Feeds whose time has come, and pass on what they brought; returns how many had something new."""
    changed = polling.poll()
    if passing.pass_on_due():
        rendering.render_due()
    return changed


def tell() -> int:
    """Partners, of what was told; returns how many mails were written for them."""
    following.follow()
    telling.note_changes()
    catching_up.catch_up_all()
    return sending.send_due()
