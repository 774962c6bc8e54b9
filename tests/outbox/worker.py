"""A process that delivers: `python -m tests.outbox.worker deliver`, or posts: `… post SUBJECT COUNT`."""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.outbox.worker_settings"
django.setup()

from django.db import transaction  # noqa: E402

from tests.factories.outbox import MailArgumentsFactory  # noqa: E402
from wagtail_diaspora.db import retry_when_locked  # noqa: E402
from wagtail_diaspora.outbox.actions import deliver_due, post_mail  # noqa: E402
from wagtail_diaspora.outbox.models import Message  # noqa: E402


@retry_when_locked
@transaction.atomic
def post_one(subject: str, number: int) -> None:
    """Reads, then writes: what a deferred SQLite transaction does not survive without a retry."""
    Message.objects.about(subject).count()
    post_mail(
        **MailArgumentsFactory(key=f"{subject}:{number}", subject_key=subject, subject=f"{subject} {number}")
    )


def main(verb: str, *arguments: str) -> None:
    if verb == "deliver":
        sys.stdout.write(f"{deliver_due(worker=str(os.getpid()))}\n")
    if verb == "post":
        for number in range(int(arguments[1])):
            post_one(arguments[0], number)


if __name__ == "__main__":
    main(*sys.argv[1:])
