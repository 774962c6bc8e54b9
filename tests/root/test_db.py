import sqlite3
import threading
from contextlib import closing

import pytest
from django.db import OperationalError, transaction

from wagtail_diaspora import db
from wagtail_diaspora.db import retry_when_locked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def locked(tmp_path):
    """A function that meets a real lock of SQLite the first `times` times."""
    path = tmp_path / "locked.sqlite3"
    with closing(sqlite3.connect(path)) as setup:
        setup.execute("CREATE TABLE t (n)")

    def touch(calls, times):
        calls.append(1)
        with closing(sqlite3.connect(path)) as other, closing(sqlite3.connect(path, timeout=0)) as mine:
            if len(calls) <= times:
                other.execute("BEGIN EXCLUSIVE")
            try:
                mine.execute("INSERT INTO t VALUES (1)")
            except sqlite3.OperationalError as error:
                raise OperationalError(*error.args) from error
        return "done"

    return touch


def test_locked_transaction_is_run_again(locked):
    calls = []
    assert retry_when_locked(locked)(calls, times=3) == "done"
    assert len(calls) == 4


def test_lock_that_stays_is_raised(locked, monkeypatch):
    monkeypatch.setattr(db, "LONGEST_PAUSE", 0.001)
    calls = []
    with pytest.raises(OperationalError):
        retry_when_locked(locked)(calls, times=1000)
    assert len(calls) == db.ATTEMPTS


def test_inner_block_is_left_to_the_outermost(locked):
    calls = []
    with pytest.raises(OperationalError), transaction.atomic():
        retry_when_locked(locked)(calls, times=1)
    assert len(calls) == 1


def test_other_errors_are_not_repeated():
    calls = []

    @retry_when_locked
    def fail():
        calls.append(threading.get_ident())
        raise OperationalError("disk I/O error")

    with pytest.raises(OperationalError):
        fail()
    assert len(calls) == 1
