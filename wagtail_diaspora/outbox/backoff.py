"""How long a message rests after a failure that may pass."""

import random
from datetime import timedelta

FIRST = timedelta(minutes=1)
FACTOR = 3
LONGEST = timedelta(hours=12)
SPREAD = 0.2


def delay(attempts: int) -> timedelta:
    """Rest after the `attempts`-th try, without chance: 1, 3, 9, 27 minutes … 12 hours."""
    return min(LONGEST, FIRST * FACTOR ** min(max(attempts, 1) - 1, 20))


def jittered(attempts: int) -> timedelta:
    """`delay`, spread by a fifth so that what failed together does not come back together."""
    return delay(attempts) * random.uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311
