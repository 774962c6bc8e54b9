"""People who order while something breaks, and what has to be true afterwards."""

import json
import threading
import time
from collections.abc import Callable, Iterable

from .citizen import Citizen
from .host import RunningHost
from .report import SCRIPT

WORKERS = 4
Accidents = Iterable[tuple[float, Callable[[], None]]]
"""After how many seconds what happens."""
OPTIONS = {
    "RATE_LIMITS": {name: [1_000_000, 3600] for name in ("send", "upload", "message")},
    "DRAFTS_PER_NETWORK": 10**6,
}


class Crowd:
    """Citizens who order one after the other until they are told to stop; `do` is what each of them does."""

    def __init__(self, url, do=Citizen.order):
        self.url, self.do = url, do
        self.promised, self.failed, self.busy = [], [], {}
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self.run, args=(n,)) for n in range(WORKERS)]

    def run(self, worker):
        number = worker * 10_000
        while not self.stopping.is_set():
            number += 1
            citizen = self.busy[worker] = Citizen(self.url, number)
            try:
                self.promised.append((self.do(citizen), citizen.email))
            except Exception as error:
                self.failed.append(repr(error))
                return

    @property
    def in_flight(self):
        return sum(citizen.in_flight for citizen in list(self.busy.values()))

    def go_through(self, host: RunningHost, accidents: Accidents) -> tuple[int, list[dict]]:
        """How many accidents met an order in flight, and the orders that there are."""
        hits = 0
        try:
            for thread in self.threads:
                thread.start()
            for seconds, happen in accidents:
                time.sleep(seconds)
                hits += self.in_flight > 0
                happen()
            time.sleep(2)
            self.stopping.set()
            for thread in self.threads:
                thread.join()
            host.deliver()
            found = json.loads(host.manage("shell", "-v0", "-c", SCRIPT))
        finally:
            self.stopping.set()
            host.stop()
        self._lost_nothing(found)
        return hits, found["orders"]

    def _lost_nothing(self, found: dict) -> None:
        """Whoever was promised an order has it, once and whole; nobody else has half of one."""
        assert self.failed == []
        assert len(self.promised) >= 5
        orders = {order["reference"]: order for order in found["orders"]}
        assert len(orders) == len(found["orders"]) == found["sent_drafts"]
        for reference, email in self.promised:
            assert orders[reference]["email"] == email
        for order in found["orders"]:
            kept = (order["whole"], order["mails"], order["logged"], order["digests"])
            assert kept == (True, 1, 1, True), order
        assert len({order["email"] for order in found["orders"]}) == len(found["orders"])
        assert not found["unsent_mails"]
