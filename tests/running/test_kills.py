"""SIGKILL of the whole server at random moments while people order: nothing promised is lost or doubled."""

import json
import os
import random
import threading
import time

import pytest

from .citizen import Citizen
from .host import RunningHost
from .report import SCRIPT

WORKERS, KILLS = 4, int(os.environ.get("KILLS", "8"))
LIMITS = {name: [1_000_000, 3600] for name in ("send", "upload", "message")}
# Whether SQLite is as `wagtail start` leaves it.
PLAIN = [False] if os.environ.get("DIASPORA_TEST_PG") else [False, True]


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
                self.promised.append((self.do(citizen), f"citizen-{number}@example.net"))
            except Exception as error:
                self.failed.append(repr(error))
                return

    @property
    def in_flight(self):
        return sum(citizen.in_flight for citizen in list(self.busy.values()))


@pytest.mark.parametrize(
    "plain", PLAIN, ids=lambda plain: "as wagtail start leaves SQLite" if plain else "tuned"
)
def test_nothing_promised_is_lost_or_doubled(tmp_path, mailbox, plain):
    seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(10**6))
    print(f"KILL_SEED={seed}")  # noqa: T201
    dice, hits = random.Random(seed), 0
    options = {"RATE_LIMITS": LIMITS, "DRAFTS_PER_NETWORK": 10**6}
    host = RunningHost(tmp_path, smtp_port=mailbox.port, plain_sqlite=plain, **options)
    host.prepare()
    host.start()
    crowd = Crowd(host.url)
    try:
        for thread in crowd.threads:
            thread.start()
        for _kill in range(KILLS):
            time.sleep(dice.uniform(0.8, 2.5))
            hits += crowd.in_flight > 0
            host.kill()
            host.start()
        time.sleep(2)
        crowd.stopping.set()
        for thread in crowd.threads:
            thread.join()
        host.deliver()
        found = json.loads(host.manage("shell", "-v0", "-c", SCRIPT))
    finally:
        crowd.stopping.set()
        host.stop()
    assert not crowd.failed
    assert hits >= 0.3 * KILLS and len(crowd.promised) >= 5
    orders = {order["reference"]: order for order in found["orders"]}
    assert len(orders) == len(found["orders"]) == found["sent_drafts"]
    for reference, email in crowd.promised:
        assert orders[reference]["email"] == email
    for order in found["orders"]:
        assert (order["whole"], order["mails"], order["logged"], order["digests"]) == (True, 1, 1, True), (
            order
        )
    assert len({order["email"] for order in found["orders"]}) == len(found["orders"])
    assert not found["unsent_mails"]
    assert len(mailbox.messages) == len(set(mailbox.ids))
