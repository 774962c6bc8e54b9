"""Tells the subscribers of our hub, and other hubs, that a feed was written anew.

Public API: `tell(channel, files)`, and the checks before sending, `push_applies` and `ping_applies`.

One message for each subscriber and number, in the transaction that keeps the bytes. What is sent are the
bytes themselves as they are kept then, so only the newest number of a feed is ever sent: an older one that
waits, after a failure or behind another, no longer applies.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from wagtail_diaspora import conf
from wagtail_diaspora.outbox.actions import Post, post_messages
from wagtail_diaspora.outbox.models import Message

from ..models import Channel, FeedFile, Subscription

__all__ = ["CHANNEL", "PING", "PUSH", "ping_applies", "push_applies", "tell"]

CHANNEL = "websub"
PUSH, PING = "syndication.push", "syndication.ping"
"""The checks before sending; by which of them a message has, the channel knows what to do."""


def tell(channel: Channel, files: Iterable[FeedFile]) -> None:
    """In the caller's transaction. Telling the same number again changes nothing."""
    written = {file.path: file for file in files if file.url}
    post_messages([*_pushes(channel, written), *_pings(channel, written)])


def push_applies(message: Message) -> bool:
    subscribers = Subscription.objects.active().filter(pk=message.payload["subscription"])
    return ping_applies(message) and subscribers.exists()


def ping_applies(message: Message) -> bool:
    """The bytes of this number are still those that are read."""
    told = message.payload
    return FeedFile.objects.filter(path=told["path"], number=told["number"]).exists()


def _pushes(channel: Channel, written: dict[str, FeedFile]) -> Iterator[Post]:
    """By the path: the same feed may be another channel's since somebody subscribed."""
    alive = Subscription.objects.active().filter(channel__municipality=channel.municipality_id)
    for key, path in alive.values_list("pk", "path"):
        if path in written:
            yield _post(channel, PUSH, written[path], subject=str(key), subscription=str(key))


def _pings(channel: Channel, written: dict[str, FeedFile]) -> Iterator[Post]:
    for hub in conf.WEBSUB_HUBS:
        for path, file in written.items():
            subject = hashlib.sha256(f"{hub} {path}".encode()).hexdigest()
            yield _post(channel, PING, file, subject=subject, hub=hub)


def _post(channel: Channel, applies: str, file: FeedFile, *, subject: str, **more: Any) -> Post:
    return Post(
        channel=CHANNEL,
        key=f"websub:{subject}:{channel.pk}:{channel.number}",
        subject_key=f"websub:{subject}",
        scope=channel.municipality.scope,
        payload={"path": file.path, "number": channel.number, **more},
        applies=applies,
    )
