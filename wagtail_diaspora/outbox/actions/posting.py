from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from wagtail_diaspora.statements import insert
from wagtail_diaspora.vault.models import PrivateFile

from .. import applicability, tasks
from ..channels import registry
from ..identity import message_id_of
from ..models import Message

__all__ = ["Mail", "Post", "post_mail", "post_mails", "post_messages"]


@dataclass(frozen=True, kw_only=True)
class Mail:
    """An e-mail to be. `related_label` is how the higher room finds the messages of its case.

    Of `frame`, a template, and `heading` the HTML of the text is made when the mail leaves.
    """

    key: str
    subject_key: str
    scope: str
    to: str
    subject: str
    text: str
    reply_to: str
    html: str = ""
    frame: str = ""
    heading: str = ""
    sender: str | None = None
    attachments: Sequence[PrivateFile] = ()
    language: str = ""
    applies: str = ""
    headers: dict[str, str] | None = None
    not_before: datetime | None = None
    related_label: str = ""
    payload: dict[str, Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.reply_to:
            raise ValueError("A mail needs a Reply-To mailbox that somebody reads.")
        if self.applies and not applicability.known(self.applies):
            raise ValueError(f"No applicability check is registered as {self.applies!r}.")
        object.__setattr__(self, "payload", self._payload())

    def _payload(self) -> dict[str, Any]:
        return {
            "sender": self.sender or "",
            "subject": " ".join(self.subject.split()),
            "text": self.text,
            "html": self.html,
            "frame": self.frame,
            "heading": self.heading,
            "reply_to": self.reply_to,
            "attachments": [str(file.pk) for file in self.attachments],
            "language": self.language,
            "headers": dict(self.headers or {}),
        }

    def as_message(self) -> Message:
        message = Message(
            key=self.key,
            subject_key=self.subject_key or self.key,
            scope=self.scope,
            related_label=self.related_label,
            recipient=self.to,
            payload=self.payload,
            applies=self.applies,
            due_at=self.not_before or timezone.now(),
        )
        message.message_id = message_id_of(message, sender=self.sender)
        return message


@dataclass(frozen=True, kw_only=True)
class Post:
    """A message to be, of a channel other than mail, which alone knows what `payload` (JSON) means.

    `to` may be left out where the channel looks up at the last moment whom it goes to.
    """

    channel: str
    key: str
    subject_key: str
    scope: str
    payload: dict[str, Any] = field(repr=False)
    to: str | None = None
    applies: str = ""
    not_before: datetime | None = None
    related_label: str = ""

    def __post_init__(self) -> None:
        if not registry.known(self.channel):
            raise ValueError(f"No channel is registered as {self.channel!r}.")
        if self.applies and not applicability.known(self.applies):
            raise ValueError(f"No applicability check is registered as {self.applies!r}.")

    def as_message(self) -> Message:
        return Message(
            channel=self.channel,
            key=self.key,
            subject_key=self.subject_key,
            scope=self.scope,
            related_label=self.related_label,
            recipient=self.to,
            payload=self.payload,
            applies=self.applies,
            due_at=self.not_before or timezone.now(),
        )


def post_mail(**mail: Any) -> Message:
    """Write one mail in the caller's transaction; takes the arguments of `Mail`.

    One INSERT. Where the key is already there nothing is written and the stored message is returned.
    """
    return post_mails([Mail(**mail)])[0]


def post_mails(mails: Iterable[Mail]) -> list[Message]:
    """The same for many, in one INSERT; the result is in the order of `mails`."""
    return post_messages(mails)


def post_messages(posts: Iterable[Mail | Post]) -> list[Message]:
    """The same for messages of any channel."""
    messages = [post.as_message() for post in posts]
    if not messages:
        return []
    if insert(messages, new_only=True) < len(messages):
        stored = Message.objects.in_bulk([m.key for m in messages], field_name="key")
        messages = [stored[m.key] for m in messages]
    tasks.kick()
    return messages
