"""Leases on messages: whose turn it is, and what the holder may write back.

Every change names the lease, so a worker that lost its lease changes nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import InterfaceError, OperationalError, connections, router, transaction
from django.db.models import F
from django.utils import timezone

from wagtail_diaspora import conf
from wagtail_diaspora.db import retry_when_locked

from .models import Message

__all__ = ["Claim", "claim", "release", "settle"]

logger = logging.getLogger(__name__)

MARGIN = timedelta(seconds=5)
"""What a result may take to be written after the last moment of sending."""
PAUSE = 0.5


@dataclass(frozen=True)
class Claim:
    messages: list[Message]
    token: str
    until: datetime

    @property
    def last_moment(self) -> datetime:
        """When sending must be over, so that no other worker repeats it."""
        return self.until - MARGIN

    @property
    def is_over(self) -> bool:
        return timezone.now() >= self.last_moment


@retry_when_locked
def claim(*, limit: int, worker: str = "") -> Claim:
    """Lease up to `limit` messages whose turn it is. An attempt is counted now, so a kill counts too."""
    now = timezone.now()
    token = f"{worker[:30]}:{uuid4().hex}"
    lease = Claim([], token, now + timedelta(seconds=conf.OUTBOX_LEASE_SECONDS))
    connection = connections[router.db_for_write(Message)]
    if connection.features.has_select_for_update_skip_locked:
        _claim_with_row_locks(lease, now, limit)
    else:
        _claim_by_condition(lease, now, limit)
    return lease


@transaction.atomic
def _claim_with_row_locks(lease: Claim, now: datetime, limit: int) -> None:
    free = Message.objects.claimable(now)[:limit].select_for_update(skip_locked=True)
    lease.messages.extend(free)
    if lease.messages:
        Message.objects.filter(pk__in=[m.pk for m in lease.messages]).update(**_leased(lease))
        _note(lease)


def _claim_by_condition(lease: Claim, now: datetime, limit: int) -> None:
    """SQLite: look without a transaction, then let a conditional UPDATE decide who was first."""
    seen = list(Message.objects.claimable(now)[:limit])
    mine = Message.objects.filter(pk__in=[m.pk for m in seen])
    taken = mine.waiting().unleased(now).update(**_leased(lease)) if seen else 0
    if taken < len(seen):
        kept = set(mine.leased(lease.token).values_list("pk", flat=True))
        seen = [m for m in seen if m.pk in kept]
    lease.messages.extend(seen)
    _note(lease)


def _leased(lease: Claim) -> dict[str, Any]:
    return {"lease_token": lease.token, "lease_until": lease.until, "attempts": F("attempts") + 1}


def _note(lease: Claim) -> None:
    for message in lease.messages:
        message.lease_token, message.lease_until = lease.token, lease.until
        message.attempts += 1


def settle(lease: Claim, message: Message, **changes: Any) -> bool:
    """Commit what became of one message and end its lease; False when the lease had gone to another."""
    changes |= {"lease_token": "", "lease_until": None}
    mine = Message.objects.leased(lease.token).filter(pk=message.pk)
    written = _persistently(lambda: mine.update(**changes), until=lease.until) == 1
    if written:
        for name, value in changes.items():
            setattr(message, name, value)
    return written


def release(lease: Claim, messages: list[Message]) -> None:
    """Give back what was not tried."""
    mine = Message.objects.leased(lease.token).filter(pk__in=[m.pk for m in messages])
    changes = {"lease_token": "", "lease_until": None, "attempts": F("attempts") - 1}
    if messages:
        _persistently(lambda: mine.update(**changes), until=lease.until)


def _persistently(write: Callable[[], int], *, until: datetime) -> int:
    """A database that restarts must not make us send again what was accepted: try until the lease ends."""
    while True:
        try:
            return retry_when_locked(write)()
        except (OperationalError, InterfaceError):
            connection = connections[router.db_for_write(Message)]
            if connection.in_atomic_block or timezone.now() >= until:
                raise
            logger.warning("A delivery result could not be written; trying again.")
            connection.close()
            time.sleep(PAUSE)
