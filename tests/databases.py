"""Databases of other processes: migrated once for each kind of host, then copied.

Public API: `give`, `manage`. A copy is a file in the host's folder, or a database of the cluster.
"""

import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

MANAGE = Path(__file__).with_name("manage.py")
SUITE = "tests.settings"


def give(
    folder: Path | str, name: str, *, settings: str = SUITE, based_on: str | None = None
) -> dict[str, str]:
    """A migrated database for a process with these settings; what that process needs in its environment.

    `based_on` names settings whose tables it has too, so that only the rest is migrated.
    """
    migrated = _migrated(settings, based_on, _cluster())
    if _cluster():
        _on_cluster(f"CREATE DATABASE {name} TEMPLATE {migrated}")
    else:
        shutil.copy(migrated, folder)
    return {"DIASPORA_TEST_DIR": str(folder), "DIASPORA_TEST_DB": name, "DJANGO_SETTINGS_MODULE": settings}


def manage(env: dict[str, str], *command: str) -> str:
    done = subprocess.run([sys.executable, str(MANAGE), *command], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@functools.cache
def _migrated(settings: str, based_on: str | None, cluster: str) -> str:
    """A file, or the name of a database of the cluster."""
    name = f"migrated_{os.getpid()}_{settings.rpartition('.')[2]}"
    folder = tempfile.mkdtemp(prefix="diaspora-migrated-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if based_on:
        give(folder, name, settings=based_on)
    elif cluster:
        _on_cluster(f"CREATE DATABASE {name}")
    env = {"DIASPORA_TEST_DIR": folder, "DIASPORA_TEST_DB": name, "DJANGO_SETTINGS_MODULE": settings}
    plain = {"DIASPORA_TEST_PLAIN_SQLITE": "yes"}  # the file itself would remember WAL
    manage(os.environ | env | plain, "migrate", "-v0")
    return name if cluster else f"{folder}/db.sqlite3"


def _cluster() -> str:
    return os.environ.get("DIASPORA_TEST_PG", "")


def _on_cluster(statement: str) -> None:
    host, _, port = _cluster().partition(":")
    with psycopg.connect(host=host, port=port, user="postgres", autocommit=True) as connection:
        connection.execute(statement)
