from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora import conf
from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import SomeoneWasFirst

from .. import tasks
from ..categories import Category
from ..exceptions import BodyErased
from ..models import Message
from ..states import State

__all__ = ["erase", "erase_bodies", "put_aside", "resend"]

logger = logging.getLogger(__name__)


def resend(message: Message, *, user) -> None:
    """Let a dead letter wait again, with all its attempts before it and the same Message-ID.

    Raises `BodyErased`, or `SomeoneWasFirst` when it is no longer a dead letter.
    """
    if message.body_erased_at:
        raise BodyErased(_("The text of this message has been erased. Write a new message instead."))
    waiting = {
        "state": State.WAITING,
        "attempts": 0,
        "due_at": timezone.now(),
        "error_code": "",
        "last_error": "",
    }
    failed = Message.objects.failed().filter(pk=message.pk, body_erased_at__isnull=True)
    if not failed.update(**waiting):
        raise SomeoneWasFirst(_("Somebody has already sent this message again."))
    for name, value in waiting.items():
        setattr(message, name, value)
    logger.info("User %s sends message %s again.", user.pk, message.pk)
    tasks.kick()


@retry_when_locked
def put_aside() -> int:
    """Let all that waits fail, since a restored backup does not know what was sent; returns how many.

    A person who looks may send each again.
    """
    aside = {"state": State.FAILED, "last_error": Category.RESTORED, "error_code": ""}
    return Message.objects.waiting().update(**aside, lease_token="", lease_until=None)


@transaction.atomic
def erase(messages: QuerySet[Message]) -> int:
    """Erase recipient and content for good; what still waits is cancelled. Returns how many were erased."""
    messages.waiting().update(state=State.CANCELLED, lease_token="", lease_until=None)
    return wipe(messages.filter(body_erased_at__isnull=True))


def wipe(messages: QuerySet[Message]) -> int:
    return messages.update(recipient=None, payload=None, body_erased_at=timezone.now())


@retry_when_locked
def erase_bodies() -> int:
    """Erase what was settled and due longer ago than `conf.OUTBOX_BODY_DAYS`; returns how many."""
    before = timezone.now() - timedelta(days=conf.OUTBOX_BODY_DAYS)
    return wipe(Message.objects.settled().filter(due_at__lt=before, body_erased_at__isnull=True))
