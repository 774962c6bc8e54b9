"""Asks the hubs of others to tell us when a source has news. Told or not, sources are read regularly.

Public API: `listen`, the clock's part; `callback_of`, `confirm`, `secret_of` and `heard` for what hubs say;
the check `listen_applies`. What a hub sends is not believed, only that there is something: the source is
read at once, where it always is.
"""

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.outbox.actions import Post, post_messages
from wagtail_diaspora.outbox.models import Message

from .. import addresses
from ..models import RemoteSource, RemoteSubscription
from ..states import SubscriptionState
from .pushing import CHANNEL

__all__ = [
    "LEASE",
    "LISTEN",
    "callback_of",
    "confirm",
    "heard",
    "listen",
    "listen_applies",
    "secret_of",
]

LISTEN = "syndication.listen"
LEASE = timedelta(days=10)
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=365)


def listen() -> int:
    """Ask for what is new, was not confirmed or runs out; returns how many."""
    wanted = RemoteSource.objects.read().exclude(hub_url="").exclude(municipality__site=None)
    _forget(RemoteSubscription.objects.exclude(source__in=wanted))
    now, asked = timezone.now(), 0
    for source in wanted.select_related("municipality", "subscription"):
        row = getattr(source, "subscription", None)
        if row and (row.hub_url, row.topic) != (source.hub_url, _topic_of(source)):
            _forget(RemoteSubscription.objects.filter(pk=row.pk))
            row = None
        if row is None or row.is_due(now):
            _ask(source, row)
            asked += 1
    return asked


def listen_applies(message: Message) -> bool:
    asked = message.payload
    rows = RemoteSubscription.objects.filter(pk=asked["subscription"], asked=asked["asked"])
    return rows.filter(source__in=RemoteSource.objects.read()).exists()


def callback_of(row: RemoteSubscription) -> str:
    return row.source.municipality.root_url + addresses.listen(row.pk)


@retry_when_locked
def confirm(key: UUID, *, mode: str, topic: str, seconds: int | None) -> bool:
    """Whether it is we who asked for this."""
    rows = RemoteSubscription.objects.filter(pk=key, topic=topic)
    if mode == "denied":
        return bool(rows.update(state=SubscriptionState.ENDED, lease_until=None))
    lease = LEASE if seconds is None else timedelta(seconds=min(seconds, LONGEST.total_seconds()))
    until = timezone.now() + max(lease, SHORTEST)
    wanted = rows.filter(source__in=RemoteSource.objects.read()) if mode == "subscribe" else rows.none()
    return bool(wanted.update(state=SubscriptionState.ACTIVE, lease_until=until))


def secret_of(key: UUID) -> str | None:
    """By which what is sent to this callback must be signed; None where nobody listens."""
    row = RemoteSubscription.objects.alive().filter(pk=key).first()
    return row.secret if row else None


@retry_when_locked
def heard(key: UUID) -> None:
    """Due at once, also where it is read at this moment: that reading may have come too early."""
    again = {"next_due_at": timezone.now(), "lease_token": "", "lease_until": None}
    RemoteSource.objects.read().filter(subscription=key).update(**again)


@retry_when_locked
@transaction.atomic
def _ask(source: RemoteSource, row: RemoteSubscription | None) -> None:
    facts = {"hub_url": source.hub_url, "topic": _topic_of(source), "secret": secrets.token_urlsafe(32)}
    row = row or RemoteSubscription(source=source, **facts)
    row.asked, row.asked_at = row.asked + 1, timezone.now()
    row.save()
    post_messages([_request(row)])


def _request(row: RemoteSubscription) -> Post:
    return Post(
        channel=CHANNEL,
        key=f"websub:listen:{row.pk}:{row.asked}",
        subject_key=f"websub:listen:{row.pk}",
        scope=row.source.municipality.scope,
        payload={"subscription": str(row.pk), "asked": row.asked},
        applies=LISTEN,
    )


def _topic_of(source: RemoteSource) -> str:
    """As the feed calls itself, which is how its hub knows it."""
    return source.self_url or source.feed_url


@retry_when_locked
def _forget(rows: Any) -> None:
    rows.delete()
