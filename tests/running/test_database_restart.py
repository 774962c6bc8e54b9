"""PostgreSQL stops and starts while people upload, send and write: nothing that was answered is lost."""

import json
import time

import pytest

from tests.on_postgres import cluster

from .host import RunningHost
from .report import SCRIPT
from .test_kills import LIMITS, Crowd

AS_IN_PRODUCTION = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
OPTIONS = {"RATE_LIMITS": LIMITS, "DRAFTS_PER_NETWORK": 10**6}
STOPS = ("fast", "immediate", "immediate")
BODY = "Ево боље слике."


@pytest.fixture
def database(monkeypatch):
    """A server of its own: the others of this run go on."""
    with cluster() as server:
        monkeypatch.setenv("DIASPORA_TEST_PG", server.address)
        monkeypatch.setenv("DIASPORA_TEST_CONNECTIONS", json.dumps(AS_IN_PRODUCTION))
        yield server


def order_and_write(citizen):
    reference = citizen.order()
    citizen.write(BODY)
    return reference


def test_orders_and_messages_outlive_the_database(tmp_path, mailbox, database):
    host = RunningHost(tmp_path, smtp_port=mailbox.port, **OPTIONS)
    host.prepare()
    host.start()
    crowd = Crowd(host.url, do=order_and_write)
    hits = 0
    try:
        for thread in crowd.threads:
            thread.start()
        for mode in STOPS:
            time.sleep(2)
            hits += crowd.in_flight > 0
            database.stop(mode)
            time.sleep(0.5)
            database.start()
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
    assert hits and len(crowd.promised) >= 5
    orders = {order["reference"]: order for order in found["orders"]}
    assert len(orders) == len(found["orders"]) == found["sent_drafts"]
    for reference, email in crowd.promised:
        order = orders[reference]
        assert order["email"] == email and order["thread"] == [[BODY, [True]]]
    assert all(
        (order["whole"], order["mails"], order["digests"]) == (True, 1, True) for order in found["orders"]
    )
    assert not found["unsent_mails"]
