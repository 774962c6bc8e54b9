"""A process that delivers, or posts."""

import os
import sys

from django.db import transaction

from tests.factories.outbox import MailArgumentsFactory
from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.outbox.actions import deliver_due, post_mail
from wagtail_diaspora.outbox.models import Message


@retry_when_locked
@transaction.atomic
def post_one(subject: str, number: int) -> None:
    """Reads, then writes: what a deferred SQLite transaction does not survive without a retry."""
    Message.objects.about(subject).count()
    post_mail(
        **MailArgumentsFactory(key=f"{subject}:{number}", subject_key=subject, subject=f"{subject} {number}")
    )


def deliver() -> None:
    sys.stdout.write(f"{deliver_due(worker=str(os.getpid()))}\n")


def post(subject: str, count: int) -> None:
    for number in range(count):
        post_one(subject, number)
