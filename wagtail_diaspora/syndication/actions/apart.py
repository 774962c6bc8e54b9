"""Many pieces of work of which none may hold up the others."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

__all__ = ["apart"]

logger = logging.getLogger(__name__)

One = TypeVar("One")


def apart(work: Callable[[One], int], ones: Iterable[One]) -> int:
    """The sum of what came of each; one that fails is logged, and counts for nothing."""
    return sum(_attempt(work, one) for one in ones)


def _attempt(work: Callable[[One], int], one: One) -> int:
    try:
        return work(one)
    except Exception:
        logger.exception("%s failed for %s; the others go on.", work.__name__, one)
        return 0
