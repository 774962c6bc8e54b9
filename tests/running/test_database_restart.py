"""PostgreSQL stops and starts while people upload, send and write: nothing that was answered is lost."""

import json
import time
from functools import partial

import pytest

from tests.on_postgres import cluster

from .crowd import OPTIONS, Crowd
from .host import RunningHost

pytestmark = pytest.mark.slow

AS_IN_PRODUCTION = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
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

    def restart(mode):
        database.stop(mode)
        time.sleep(0.5)
        database.start()

    crowd = Crowd(host.url, do=order_and_write)
    hits, orders = crowd.go_through(host, ((2, partial(restart, mode)) for mode in STOPS))
    assert hits
    promised = {reference for reference, _email in crowd.promised}
    threads = [order["thread"] for order in orders if order["reference"] in promised]
    assert threads == [[[BODY, [True]]]] * len(promised)
