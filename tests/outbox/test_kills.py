"""Workers killed by SIGKILL, on the suite's database: nothing lost, at most one repeat, same Message-ID."""

import random
import sqlite3
import time
from collections import Counter
from contextlib import closing
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories.outbox import MailArgumentsFactory, a_mail
from tests.outbox import processes
from tests.outbox.worker import deliver, post
from wagtail_diaspora.outbox.actions import deliver_due, post_mail, post_mails
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.states import State

pytestmark = pytest.mark.django_db(transaction=True)


def let_leases_end():
    Message.objects.waiting().filter(lease_until__isnull=False).update(
        lease_until=timezone.now() - timedelta(1)
    )


def test_worker_killed_between_claim_and_send_loses_nothing(smtp):
    message = post_mail(**MailArgumentsFactory())
    smtp.hold = "rcpt"
    process = processes.start(deliver)
    assert smtp.held.wait(120)
    processes.kill(process)
    smtp.let_go()
    assert (deliver_due(), smtp.ids) == (0, [])
    let_leases_end()
    assert (deliver_due(), smtp.ids) == (1, [message.message_id])


def test_worker_killed_between_acceptance_and_commit_repeats_once_with_the_same_id(smtp):
    message = post_mail(**MailArgumentsFactory())
    smtp.hold = "data"
    process = processes.start(deliver)
    assert smtp.held.wait(120)
    processes.kill(process)
    smtp.let_go()
    let_leases_end()
    assert (deliver_due(), deliver_due()) == (1, 0)
    assert smtp.ids == [message.message_id, message.message_id]


def test_two_workers_at_once_send_each_message_once(smtp):
    messages = post_mails(a_mail(subject_key=f"subject-{n % 20}") for n in range(60))
    outputs = processes.finish(processes.start(deliver), processes.start(deliver))
    assert sum(map(int, outputs)) == 60
    assert Counter(smtp.ids) == Counter(m.message_id for m in messages)


def test_workers_killed_at_random_moments_lose_nothing(smtp):
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201
    chance = random.Random(seed)
    smtp.slow = 0.02
    expected = {m.message_id for m in post_mails(a_mail() for _ in range(150))}
    kills = 0
    while Message.objects.waiting().exists() and kills < 12:
        pair = [processes.start(deliver), processes.start(deliver)]
        before = len(smtp.ids)
        wait_for(lambda before=before: len(smtp.ids) > before)
        time.sleep(chance.uniform(0, 0.4))
        for process in pair:
            processes.kill(process)
            kills += 1
        let_leases_end()
    deliver_due()
    assert set(smtp.ids) == expected
    assert len(smtp.ids) - len(expected) <= kills
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.01)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite as `wagtail start` leaves it")
def test_sqlite_with_deferred_transactions_posts_and_sends_each_once(smtp, tmp_path):
    database = str(tmp_path / "plain.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [database])
    with closing(sqlite3.connect(database)) as plain:
        assert plain.execute("PRAGMA journal_mode=DELETE").fetchone() == ("delete",)
    plain = {"NAME": database, "OPTIONS": {}}
    processes.finish(*(processes.start(post, name, 25, **plain) for name in ("one", "two")))
    processes.finish(*(processes.start(deliver, **plain) for _ in range(2)))
    subjects = [message["Subject"] for message in smtp.messages]
    for name in ("one", "two"):
        assert [s for s in subjects if s.startswith(name)] == [f"{name} {n}" for n in range(25)]
