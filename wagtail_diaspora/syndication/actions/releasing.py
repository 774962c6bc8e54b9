"""News of others whose hour has come.

Public API: `release`.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked

from ..models import RemoteItem, RemoteState, Rule
from . import passing

__all__ = ["release"]


@retry_when_locked
@transaction.atomic
def release() -> int:
    """Treat it as if it came now, as its source's rule says; returns how many there were."""
    keys = list(RemoteItem.objects.filter(embargoed_until__lte=timezone.now()).values_list("pk", flat=True))
    free = RemoteItem.objects.filter(pk__in=keys)
    waiting = free.filter(state=RemoteState.WAITING, source__rule=Rule.AT_ONCE, embargoed_until__isnull=False)
    now = {"embargoed_until": None, "published_at": F("embargoed_until")}
    waiting.update(state=RemoteState.SHOWN, **now)
    free.filter(embargoed_until__isnull=False).update(**now)
    passing.look_again(free)
    return len(keys)
