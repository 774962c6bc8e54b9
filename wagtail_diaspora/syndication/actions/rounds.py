"""What the clock and the task queue do, one after the other."""

from . import publishing, rendering

__all__ = ["publish"]


def publish() -> int:
    """Tell what is due and write the feeds that follow from it; returns how many changes were told."""
    told = publishing.reconcile_due()
    rendering.render_due()
    return told
