"""Places in the order of messages.

The clock in nanoseconds, never the same twice in a process: two messages of one transaction keep the order
in which they were posted. Between processes the order within a subject is that of their transactions, which
the higher room runs one after the other.
"""

import threading
import time

_lock = threading.Lock()
_last = 0


def next_ordinal() -> int:
    global _last
    with _lock:
        _last = max(time.time_ns(), _last + 1)
        return _last
