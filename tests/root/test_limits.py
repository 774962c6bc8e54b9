"""Whose address counts: the last one before our own proxies, whatever a header says."""

import sqlite3
import threading
from contextlib import closing

import pytest
from django.db import connection
from django_smart_ratelimit.models import RateLimitCounter

from wagtail_diaspora import limits

PROXIES = ("10.0.0.1", "10.0.0.2")


def network(rf, remote, forwarded=None):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return limits.network_of(rf.get("/", headers=headers, REMOTE_ADDR=remote))


@pytest.fixture
def proxies(settings):
    settings.WAGTAIL_DIASPORA = settings.WAGTAIL_DIASPORA | {"TRUSTED_PROXIES": PROXIES}


@pytest.mark.parametrize(
    ("remote", "forwarded", "visitor"),
    [
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),  # no proxy of ours: not believed
        ("203.0.113.9", "10.0.0.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"),  # what the visitor wrote comes first
        ("10.0.0.1", "1.2.3.4, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", ",,", "10.0.0.1"),
    ],
)
def test_a_forged_header_makes_nobody_somebody_else(rf, proxies, remote, forwarded, visitor):
    assert network(rf, remote, forwarded) == network(rf, visitor)


@pytest.mark.parametrize(
    "forwarded", ["<script>", "1.2.3.4:80", "x" * 5000, "::ffff:1.2.3.4", "fe80::1%eth0"]
)
def test_what_is_no_address_is_no_crash(rf, proxies, forwarded):
    assert len(network(rf, "10.0.0.1", forwarded)) == 16


def test_without_a_setting_no_header_is_believed(rf):
    assert network(rf, "10.0.0.1", "198.51.100.7") == network(rf, "10.0.0.1")


def test_a_household_of_ipv6_is_one_visitor(rf):
    assert network(rf, "2001:db8:1:2::1") == network(rf, "2001:db8:1:2:ffff::9")
    assert network(rf, "2001:db8:1:2::1") != network(rf, "2001:db8:1:3::1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana@Example.net", "ana@example.net", True),
        ("ana+a@example.net", "ana+b@example.net", True),
        ("ana@example.net", "ana@example.org", False),
        ("ana@xn--mller-kva.example", "ana@müller.example", False),
    ],
)
def test_one_mailbox(one, other, same):
    assert (limits.mailbox(one) == limits.mailbox(other)) is same


def test_ipv4_that_came_over_ipv6_is_the_same_visitor(rf):
    assert network(rf, "::ffff:192.0.2.1") == network(rf, "192.0.2.1") != network(rf, "::ffff:192.0.2.2")


def test_a_proxy_is_known_however_its_address_is_written(rf, settings):
    settings.WAGTAIL_DIASPORA = settings.WAGTAIL_DIASPORA | {"TRUSTED_PROXIES": ["127.0.0.1"]}
    assert network(rf, "::ffff:127.0.0.1", "192.0.2.1") == network(rf, "192.0.2.1")


@pytest.mark.parametrize("written", ["192.0.2.1:5123", "[2001:db8::1]:443"])
def test_the_port_of_a_visitor_makes_no_other_visitor(rf, settings, written):
    settings.WAGTAIL_DIASPORA = settings.WAGTAIL_DIASPORA | {"TRUSTED_PROXIES": ["127.0.0.1"]}
    bare = written.rpartition(":")[0].strip("[]")
    assert network(rf, "127.0.0.1", written) == network(rf, bare)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite, which is locked as a whole")
@pytest.mark.django_db(transaction=True)
def test_a_counter_waits_for_whoever_writes_and_logs_nothing(caplog):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        [before] = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout=0")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        free = threading.Timer(0.05, other.rollback)
        free.start()
        limits.spend("proof", b"somebody")
        free.join()
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout={before}")
    assert RateLimitCounter.objects.get().count == 1
    assert not caplog.records
