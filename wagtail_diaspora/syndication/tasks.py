"""The kick: a task back end only makes feeds prompt; their guarantee is `manage.py diaspora_tick`."""

import logging

from django.db import transaction

from wagtail_diaspora.outbox.tasks import runs_elsewhere

try:
    from django.tasks import task
except ImportError:  # Django 5.2
    from django_tasks import task

__all__ = ["kick", "work"]

logger = logging.getLogger(__name__)


@task()
def work() -> None:
    from .actions import rounds

    rounds.publish()
    rounds.tell()


def kick() -> None:
    """Have a worker compare and write once this transaction is committed."""
    planned = any(planned[1] is enqueue for planned in transaction.get_connection().run_on_commit)
    if not planned and runs_elsewhere():
        transaction.on_commit(enqueue, robust=True)


def enqueue() -> None:
    try:
        work.enqueue()
    except Exception:
        logger.exception("The task queue did not take the kick; the periodic run will publish.")
