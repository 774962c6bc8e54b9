from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

__all__ = ["ALLOWED", "State"]


class State(TextChoices):
    WAITING = "waiting", pgettext_lazy("message state", "Waiting")
    SENT = "sent", pgettext_lazy("message state", "Sent")
    FAILED = "failed", pgettext_lazy("message state", "Failed")
    CANCELLED = "cancelled", pgettext_lazy("message state", "Cancelled")


ALLOWED: dict[State, tuple[State, ...]] = {
    State.WAITING: (State.SENT, State.FAILED, State.CANCELLED),
    State.FAILED: (State.WAITING, State.CANCELLED),
    State.SENT: (State.FAILED,),
    State.CANCELLED: (),
}
"""Which state may follow which. A failed message waits again when somebody sends it again, and a sent one
fails when it comes back."""
