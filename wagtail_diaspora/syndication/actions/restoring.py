"""After a restored backup: what waits may have been sent, and nobody is sent it twice.

Public API: `put_aside()`.
"""

from wagtail_diaspora.db import retry_when_locked

from ..models import Delivery
from ..states import DeliveryState, Way
from . import catching_up, following, rounds, telling, weekly

__all__ = ["put_aside"]


def put_aside() -> int:
    """All that the backup would have told next becomes lines and mails, and none of them leaves.

    Returns how many lines wait for somebody who knows whether the newsroom has them.
    """
    rounds.compare()
    telling.note_changes()
    catching_up.lay_all()
    weekly.summarise()
    while following.follow():
        pass
    return _put_aside()


@retry_when_locked
def _put_aside() -> int:
    return Delivery.objects.filter(way=Way.MAIL).reach(DeliveryState.ASIDE)
