"""For how long a process keeps what it has read, without asking again whether it is still so.

Public API: `this_minute`, as a part of the key under which something is kept. What everybody reads is kept
by its version; the minute is for rows that change behind Django's back.
"""

import time

__all__ = ["this_minute"]

KEPT_SECONDS = 60


def this_minute() -> int:
    return int(time.monotonic() // KEPT_SECONDS)
