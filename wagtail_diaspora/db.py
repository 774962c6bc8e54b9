"""Transactions that others got in the way of.

Public API: `retry_when_locked`, `is_contention`.

SQLite as `wagtail start` leaves it begins transactions deferred: one that reads and then writes fails at
once with "database is locked" when another wrote in between, whatever the timeout. Only running the whole
transaction again helps, so this belongs around the outermost block.
"""

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

__all__ = ["is_contention", "retry_when_locked"]

P = ParamSpec("P")
R = TypeVar("R")

ATTEMPTS = 12
FIRST_PAUSE = 0.005
LONGEST_PAUSE = 0.5
SERIALIZATION_FAILURE, DEADLOCK_DETECTED = "40001", "40P01"


def is_contention(error: OperationalError) -> bool:
    """Whether the same transaction may well succeed when it is run again from its start."""
    if getattr(error.__cause__, "sqlstate", None) in (SERIALIZATION_FAILURE, DEADLOCK_DETECTED):
        return True
    return "is locked" in str(error)


def pause(attempt: int) -> float:
    """Seconds to wait after the `attempt`-th failure: doubling, capped, and spread so that rivals part."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt) * random.uniform(0.5, 1.5)  # noqa: S311


def retry_when_locked(function: Callable[P, R], *, using: str = DEFAULT_DB_ALIAS) -> Callable[P, R]:
    """Run `function`, which opens its own transaction, again while the database is locked.

    Inside somebody else's transaction it runs once: only the outermost block can be repeated. What the
    function does outside the database must be safe to do again. After the last attempt the error is raised.
    """

    @functools.wraps(function)
    def retrying(*args: P.args, **kwargs: P.kwargs) -> R:
        if connections[using].in_atomic_block:
            return function(*args, **kwargs)
        for attempt in range(ATTEMPTS - 1):
            try:
                return function(*args, **kwargs)
            except OperationalError as error:
                if not is_contention(error):
                    raise
            time.sleep(pause(attempt))
        return function(*args, **kwargs)

    return retrying
