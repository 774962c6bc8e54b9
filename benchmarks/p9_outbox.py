"""P9: an outbox of 10,000 messages, ours beside django-tasks-db, through the same in-memory channel.

Ours decrypts each message, asks whether it applies, and commits lease and result; the peer carries the same
mail as plain task arguments. Each of the five runs delivers a fifth of the 10,000 with 1, 2 or 4 processes.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from .measure import RUNS, Case
from .postgres import migrated

name = "P9"
goal = 2.0
MESSAGES = 10_000
A_RUN = MESSAGES // RUNS
WORKERS = (1, 2, 4)


def cases() -> Iterator[Case]:
    with migrated("benchmarks.outbox_settings") as env:
        for workers in WORKERS:
            ask(env, "fill", str(MESSAGES))
            yield Case(
                name=f"{name} w{workers}",
                unit="messages/s",
                ours=rate(env, "ours", workers),
                peer=rate(env, "peer", workers),
                goal=goal,
            )
            ask(env, "all-done", str(MESSAGES))


def rate(env: dict[str, str], side: str, workers: int) -> Callable[[], float]:
    return lambda: A_RUN / seconds(env, side, workers)


def seconds(env: dict[str, str], side: str, workers: int) -> float:
    """From the moment when all workers are ready until the last one is done."""
    processes = [start(env, side, str(A_RUN // workers)) for _ in range(workers)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    began = time.perf_counter()
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    delivered = sum(int(process.stdout.readline()) for process in processes)
    took = time.perf_counter() - began
    for process in processes:
        process.communicate()
    assert delivered == A_RUN, f"{side} delivered {delivered} of {A_RUN}"
    return took


def start(env: dict[str, str], *arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "benchmarks.outbox_worker", *arguments]
    return subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ask(env: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "benchmarks.outbox_worker", *arguments], env=env, check=True)
