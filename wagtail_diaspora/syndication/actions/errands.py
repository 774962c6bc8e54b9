"""What rows have to say to another server, when its moment has come: `due_at` of the row.

Public API: `run`, `CallFailed`. A row is taken by moving its `due_at`, so that two rounds never call for it
at once and a killed one is taken up again; whoever moves it meanwhile is heard next.
"""

import logging
import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import DiasporaError

__all__ = ["CallFailed", "run", "soon"]

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
RUN_SECONDS = 60
SHORTEST, LONGEST = 60, 3600
SPREAD = 0.1
MOST_FAILURES = 30_000


class CallFailed(DiasporaError):
    """`code` is a `ChainTrouble`, `pause` what the server asked for, in seconds."""

    def __init__(self, code: str, pause: int = 0):
        super().__init__(code)
        self.code, self.pause = code, pause


def run(rows: QuerySet, work: Callable[[Any], datetime | None]) -> int:
    """`work` returns when the row is due next; returns for how many it went well."""
    ends, done = time.monotonic() + RUN_SECONDS, 0
    due = rows.filter(due_at__lte=timezone.now()).order_by("due_at")
    for pk, due_at in list(due.values_list("pk", "due_at")):
        if time.monotonic() >= ends:
            break
        row = _take(rows, pk, due_at)
        done += row is not None and _attempt(row, work)
    return done


def soon(seconds: float) -> datetime:
    """Spread a little, so that not all call at once."""
    return timezone.now() + timedelta(seconds=seconds * random.uniform(1, 1 + SPREAD))  # noqa: S311


@retry_when_locked
def _take(rows: QuerySet, pk: Any, due_at: datetime) -> Any | None:
    until = timezone.now() + LEASE
    taken = rows.filter(pk=pk, due_at=due_at).update(due_at=until)
    return rows.filter(pk=pk, due_at=until).first() if taken else None


def _attempt(row: Any, work: Callable[[Any], datetime | None]) -> bool:
    try:
        settled = {"due_at": work(row), "failures": 0, "trouble": ""}
    except CallFailed as error:
        settled = _failed(row, error)
    except Exception as error:  # whatever it is, the others are called
        logger.error("%s %s was not called: %s", type(row).__name__, row.pk, type(error).__name__)
        settled = _failed(row, CallFailed("unknown"))
    _settle(row, settled)
    return not settled["failures"]


@retry_when_locked
def _settle(row: Any, settled: dict[str, Any]) -> None:
    type(row).objects.filter(pk=row.pk, due_at=row.due_at).update(**settled)


def _failed(row: Any, error: CallFailed) -> dict[str, Any]:
    """Twice as long after each failure, at most an hour, and never sooner than the server asked."""
    wait = min(max(SHORTEST * 2 ** min(row.failures, 10), error.pause), LONGEST)
    failures = min(row.failures + 1, MOST_FAILURES)
    return {"due_at": soon(wait), "failures": failures, "trouble": error.code}
