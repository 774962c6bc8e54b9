"""The suite's host as a process of its own: gunicorn, a database and folders in a temporary place."""

import atexit
import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import psycopg

MANAGE = Path(__file__).resolve().parents[1] / "manage.py"
PASSWORD = "only-for-tests"


class RunningHost:
    """`start` migrates, sets up an office and serves; `manage` runs any command on it."""

    def __init__(self, folder: Path, *, smtp_port: int = 1, plain_sqlite: bool = False, **options: Any):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.env = os.environ | {
            "DIASPORA_TEST_DIR": str(folder),
            "DIASPORA_TEST_SMTP": str(smtp_port),
            "DIASPORA_TEST_PLAIN_SQLITE": "yes" if plain_sqlite else "",
            "DIASPORA_TEST_OPTIONS": json.dumps(options),
            "DIASPORA_TEST_DB": f"host_{self.port}",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        self.process: subprocess.Popen | None = None

    def prepare(self) -> None:
        """A database of its own, with the office."""
        if cluster := os.environ.get("DIASPORA_TEST_PG"):
            template = _migrated(cluster)
            _on_cluster(f"CREATE DATABASE {self.env['DIASPORA_TEST_DB']} TEMPLATE {template}")
        else:
            shutil.copy(_migrated(None), self.env["DIASPORA_TEST_DIR"])
        self.manage("shell", "-v0", "-c", f"from tests.running.office import make; make({self.port})")

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "tests.running.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--workers", "2", "--threads", "4", "--log-level", "error"]
        self.process = subprocess.Popen(command, env=self.env, cwd=MANAGE.parents[1], start_new_session=True)
        for _attempt in range(150):
            try:
                urllib.request.urlopen(f"{self.url}/diaspora/proof/", timeout=2).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("The host did not start.")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def kill(self) -> None:
        """SIGKILL to the server and all its workers."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def manage(self, *command: str) -> str:
        return _manage(self.env, *command)

    def deliver(self) -> None:
        """One round of the clock."""
        self.manage("diaspora_tick", "--only", "outbox.deliver", "-v0")


@functools.cache
def _migrated(cluster: str | None) -> str:
    """A database with all migrations, made once and copied for each host: a file, or its name."""
    name, folder = f"migrated_{os.getpid()}", tempfile.mkdtemp(prefix="diaspora-migrated-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if cluster:
        _on_cluster(f"CREATE DATABASE {name}")
    env = {"DIASPORA_TEST_DIR": folder, "DIASPORA_TEST_DB": name, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    plain = {"DIASPORA_TEST_PLAIN_SQLITE": "yes"}  # the file itself would remember WAL
    _manage(os.environ | env | plain, "migrate", "-v0")
    return name if cluster else f"{folder}/db.sqlite3"


def _on_cluster(statement: str) -> None:
    host, _, port = os.environ["DIASPORA_TEST_PG"].partition(":")
    with psycopg.connect(host=host, port=port, user="postgres", autocommit=True) as connection:
        connection.execute(statement)


def _manage(env: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, str(MANAGE), *command], env=env, check=True, capture_output=True, text=True
    )
    return done.stdout
