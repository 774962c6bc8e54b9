"""How long strangers' servers may keep a worker from the mails.

Public API: `Patience`.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic

from django.utils import timezone

from wagtail_diaspora.outbox.exceptions import NotYet

__all__ = ["Patience"]


class Patience:
    """Seconds in each minute: `OWN` for each subscription, and `SECONDS` for all slow ones together.

    Whoever answered quickly the last time is not held up by what others have used. A process does not know
    them yet when it starts, and then whoever is slow holds up the others for a minute at most.
    """

    OWN, SECONDS, PERIOD, QUICK = 10.0, 20.0, 60.0, 1.0

    def __init__(self) -> None:
        self.began = 0.0
        self.spent: Counter[str] = Counter()
        self.quick: set[str] = set()

    @contextmanager
    def spend(self, subscription: str) -> Iterator[None]:
        """Raises NotYet when it is used up, which costs no attempt."""
        start = monotonic()
        if start - self.began >= self.PERIOD:
            self.began, self.spent = start, Counter()
        if self._is_used_up(subscription):
            raise NotYet(timezone.now() + timedelta(seconds=self.PERIOD))
        try:
            yield
        finally:
            self._note(subscription, monotonic() - start)

    def _is_used_up(self, subscription: str) -> bool:
        others = subscription not in self.quick and self.spent.total() >= self.SECONDS
        return others or self.spent[subscription] >= self.OWN

    def _note(self, subscription: str, seconds: float) -> None:
        """Of quick ones nothing is kept but that they are: there are many, and they take no time."""
        self.quick.discard(subscription)
        if seconds < self.QUICK:
            self.quick.add(subscription)
        else:
            self.spent[subscription] += seconds
