"""The kick: a task back end only makes the outbox prompt; its guarantee is `manage.py diaspora_tick`."""

import logging

from django.db import transaction

try:
    from django.tasks import DEFAULT_TASK_BACKEND_ALIAS, task, task_backends
    from django.tasks.backends.dummy import DummyBackend
    from django.tasks.backends.immediate import ImmediateBackend
except ImportError:  # Django 5.2
    from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task, task_backends
    from django_tasks.backends.dummy import DummyBackend
    from django_tasks.backends.immediate import ImmediateBackend

__all__ = ["deliver", "kick"]

logger = logging.getLogger(__name__)

PER_TASK = 200
"""A task is one of many on the host's workers; what is left over is for the next one or for the clock."""


@task()
def deliver() -> int:
    from . import actions

    return actions.deliver_due(limit=PER_TASK, worker="task")


def runs_elsewhere() -> bool:
    """An immediate back end would send inside the request, a dummy one would never send."""
    return not isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], ImmediateBackend | DummyBackend)


def kick() -> None:
    """Have a worker deliver once this transaction is committed; once however many messages it posts."""
    planned = any(planned[1] is enqueue for planned in transaction.get_connection().run_on_commit)
    if not planned and runs_elsewhere():
        transaction.on_commit(enqueue, robust=True)


def enqueue() -> None:
    """The messages are committed: a queue that is away is no reason to tell the citizen of an error."""
    try:
        deliver.enqueue()
    except Exception:
        logger.exception("The task queue did not take the kick; the periodic run will deliver.")
