"""Periodic jobs, each run by one process at a time and when it is due.

Public API: `run(job, force=False)`, `last_run()`, `is_late()`.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import OperationalError, connection
from django.db.models import Max, Q
from django.utils import timezone

from wagtail_diaspora import conf
from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.rooms import Job

from .logs import without_text
from .models import PeriodicRun

__all__ = ["is_late", "last_run", "run"]

logger = logging.getLogger(__name__)

SLACK = timedelta(seconds=10)
"""Cron is not exact: a job of every minute must not miss every second one by a moment."""


def last_run() -> datetime | None:
    """When a periodic job last ended, whatever came of it."""
    return PeriodicRun.objects.aggregate(last=Max("finished_at"))["last"]


def is_late() -> bool:
    """Whether nobody has run the clock for longer than `conf.TICK_WARNING_MINUTES`."""
    last = last_run()
    return last is None or last < timezone.now() - timedelta(minutes=conf.TICK_WARNING_MINUTES)


def run(job: Job, *, force: bool = False) -> PeriodicRun | None:
    """Run `job` if it is due (or `force`) and nobody else runs it; None when it was not run.

    An error of the job is logged and noted in the row, so that the next job is not held up.
    """
    token = uuid4().hex
    started = timezone.now()
    if not take(job, token=token, now=started, force=force):
        return None
    with Heartbeat(job.name, token):
        outcome, failed = attempt(job)
    finish(job, token=token, started=started, outcome=outcome, failed=failed)
    return PeriodicRun.objects.get(name=job.name)


def attempt(job: Job) -> tuple[str, bool]:
    try:
        return str(job.run() or "")[:200], False
    except Exception as error:
        logger.error("Periodic job %s failed: %s", job.name, without_text(error))
        said = str(error) if isinstance(error, DiasporaError) else type(error).__name__
        return said[:200], True


def lease_time() -> timedelta:
    return timedelta(seconds=conf.OUTBOX_LEASE_SECONDS)


@retry_when_locked
def take(job: Job, *, token: str, now: datetime, force: bool) -> bool:
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    due = Q() if force else Q(due_at__lte=now)
    lease = {"lease_token": token, "lease_until": now + lease_time(), "started_at": now}
    row = PeriodicRun.objects.filter(free, due, name=job.name)
    if row.update(**lease):
        return True
    PeriodicRun.objects.bulk_create([PeriodicRun(name=job.name, due_at=now)], ignore_conflicts=True)
    return bool(row.update(**lease))


@retry_when_locked
def finish(job: Job, *, token: str, started: datetime, outcome: str, failed: bool) -> None:
    due = started + job.every - min(SLACK, job.every / 10)
    result = {"finished_at": timezone.now(), "outcome": outcome, "failed": failed, "due_at": due}
    PeriodicRun.objects.filter(name=job.name, lease_token=token).update(
        lease_token="", lease_until=None, **result
    )


@retry_when_locked
def renew(name: str, token: str) -> None:
    until = timezone.now() + lease_time()
    PeriodicRun.objects.filter(name=name, lease_token=token).update(lease_until=until)


class Heartbeat:
    """Keeps the lease of a long job from running out. A killed process stops beating, and the lease ends."""

    def __init__(self, name: str, token: str):
        self.name, self.token, self.over = name, token, threading.Event()
        self.thread = threading.Thread(target=self.beat, daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *exc_info) -> None:
        self.over.set()
        self.thread.join()

    def beat(self) -> None:
        while not self.over.wait(lease_time().total_seconds() / 3):
            try:
                renew(self.name, self.token)
            except OperationalError:
                logger.warning("The lease of periodic job %s could not be renewed.", self.name)
            finally:
                connection.close()
