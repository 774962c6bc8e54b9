"""P10: a round over 10,000 feeds of others, 95 in 100 of them unchanged, beside feedparser on every body.

Ours is what the clock does: what is due, conditional requests over real connections to 10,000 hosts on
loopback, the leases, what is new parsed, cleaned and kept. The peer parses the same bodies, and does nothing
else. Both are processor time of their own process, threads included, which a busy machine changes little;
the server's is not counted. Each of the five runs reads a fifth of the 10,000. The peer parses one body in 71
of these, since all would take it ten minutes, and its time is multiplied.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from .measure import RUNS, Case
from .postgres import migrated
from .remote_feeds import EVERY, FEEDS, ITEMS

name = "P10"
goal = 20.0
A_RUN = FEEDS // RUNS
ALLOWED = {"DIASPORA_TEST_OPTIONS": json.dumps({"FETCH_ALLOWED_ADDRESSES": ["127.0.0.0/8"]})}


def cases() -> Iterator[Case]:
    with (
        migrated("benchmarks.settings") as env,
        process(env, "feed_server") as server,
        process(env | ALLOWED, "polling_worker") as worker,
    ):
        port = server.stdout.readline().strip()
        assert ask(worker, "fill", port) == FEEDS // EVERY * ITEMS
        ours, peer = a_fifth(worker, "ours"), a_fifth(worker, "peer")
        yield Case(f"{name} round", "ms", ours, peer, goal, less_is_better=True)


def a_fifth(worker: subprocess.Popen, verb: str) -> Callable[[], float]:
    starts = count(step=A_RUN)

    def run() -> float:
        first = next(starts)
        return ask(worker, verb, first, first + A_RUN)

    return run


def ask(worker: subprocess.Popen, *words: object) -> float:
    worker.stdin.write(" ".join(map(str, words)) + "\n")
    worker.stdin.flush()
    return float(worker.stdout.readline())


@contextmanager
def process(env: dict[str, str], module: str) -> Iterator[subprocess.Popen]:
    command = [sys.executable, "-m", f"benchmarks.{module}"]
    started = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield started
    finally:
        started.kill()
        started.communicate()
