"""The demonstration as `make demo` makes it: a hub and two towns that have spoken with each other."""

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SITE = Path(__file__).resolve().parents[2] / "example_site"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return str(free.getsockname()[1])


def run(data, port, *command):
    env = {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "DEMO_DATA": str(data), "PORT": port}
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=SITE,
        env=os.environ | env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done


def rows(data, table, *columns, app="diaspora_syndication"):
    with sqlite3.connect(data / "db" / "demo.sqlite3") as database:
        return sorted(database.execute(f"SELECT {', '.join(columns)} FROM {app}_{table}"))


def test_the_demonstration_is_made_once_and_follows_its_port(tmp_path):
    for folder in ("db", "keys", "media", "private", "static"):
        (tmp_path / folder).mkdir()
    first, second = free_port(), free_port()
    run(tmp_path, first, "diaspora_keys", "new")
    run(tmp_path, first, "migrate", "--verbosity", "0")
    assert run(tmp_path, first, "seed").stderr == ""
    assert [state for (state,) in rows(tmp_path, "member", "state")] == ["invited", "joined", "joined"]
    told = rows(tmp_path, "hubline", "membership_id", "kind", "state")
    assert {line[1:] for line in told} >= {("corrected", "sent"), ("withdrawn", "sent"), ("new", "aired")}
    assert rows(tmp_path, "issue", "number", "state", app="diaspora_bulletin") == [(1, "published")]
    assert len(rows(tmp_path, "contribution", "issue_id", app="diaspora_bulletin")) == 2
    assert len(told) == 12 and rows(tmp_path, "delivery", "state").count(("bounced",)) == 1

    run(tmp_path, second, "seed")
    assert rows(tmp_path, "hubline", "membership_id", "kind", "state") == told
    assert {port for (port,) in rows(tmp_path, "site", "port", app="wagtailcore")} == {int(second)}
    sites = [url for (url,) in rows(tmp_path, "member", "site_url") if url]
    assert sites == [f"http://{town}.localhost:{second}" for town in ("prijedor", "sanski-most")]
