"""SIGKILL of the whole server at random moments while people order: nothing promised is lost or doubled."""

import os
import random

import pytest

from .crowd import OPTIONS, Crowd
from .host import RunningHost

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KILLS", "8"))
# Whether SQLite is as `wagtail start` leaves it.
PLAIN = [False] if os.environ.get("DIASPORA_TEST_PG") else [False, True]


@pytest.mark.parametrize(
    "plain", PLAIN, ids=lambda plain: "as wagtail start leaves SQLite" if plain else "tuned"
)
def test_nothing_promised_is_lost_or_doubled(tmp_path, mailbox, plain):
    seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(10**6))
    print(f"KILL_SEED={seed}")  # noqa: T201
    dice = random.Random(seed)
    host = RunningHost(tmp_path, smtp_port=mailbox.port, plain_sqlite=plain, **OPTIONS)
    host.prepare()
    host.start()

    def kill():
        host.kill()
        host.start()

    kills = ((dice.uniform(0.8, 2.5), kill) for _kill in range(KILLS))
    hits, _orders = Crowd(host.url).go_through(host, kills)
    assert hits >= 0.3 * KILLS
    assert len(mailbox.messages) == len(set(mailbox.ids))
