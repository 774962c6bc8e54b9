"""Databases of the tests and of their processes: migrated once in a run for each kind of host, then copied.

Public API: `give`, `begin`, `drop`, `manage`, `folder_of_run`. A copy is a file in the host's folder, or a
database of the cluster.
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
from filelock import FileLock

MANAGE = Path(__file__).with_name("manage.py")
SUITE = "tests.settings"
RUN = "DIASPORA_TEST_RUN"


@functools.cache
def folder_of_run() -> Path:
    """Whoever asks first makes it; the processes that it starts share what is in it."""
    if RUN not in os.environ:
        os.environ[RUN] = tempfile.mkdtemp(prefix="diaspora-run-")
        atexit.register(shutil.rmtree, os.environ[RUN], ignore_errors=True)
    return Path(os.environ[RUN])


def give(
    folder: Path | str, name: str, *, settings: str = SUITE, based_on: str | None = None
) -> dict[str, str]:
    """A migrated database for a process with these settings; what that process needs in its environment.

    `based_on` names settings whose tables it has too, so that only the rest is migrated.
    """
    migrated = _migrated(settings, based_on)
    if _cluster():
        _on_cluster(f"CREATE DATABASE {name} TEMPLATE {migrated}")
    else:
        shutil.copy(migrated, folder)
    return _environment(folder, name, settings)


def begin(folder: Path | str, name: str, *, settings: str, based_on: str | None) -> dict[str, str]:
    """A database that the process itself has to migrate: with the tables of other settings, or none."""
    if based_on:
        give(folder, name, settings=based_on)
    elif _cluster():
        _on_cluster(f"CREATE DATABASE {name}")
    return _environment(folder, name, settings)


def drop(name: str) -> None:
    """Of the cluster: a file goes with its folder."""
    if _cluster():
        _on_cluster(f"DROP DATABASE {name} WITH (FORCE)")


def manage(env: dict[str, str], *command: str) -> str:
    done = subprocess.run([sys.executable, str(MANAGE), *command], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _migrated(settings: str, based_on: str | None) -> str:
    """A file, or the name of a database of the cluster; the first process makes it, the others wait."""
    name = f"{folder_of_run().name}_{settings.rpartition('.')[2]}".replace("-", "_")
    folder = folder_of_run() / f"{name}_{_cluster()}"
    with FileLock(f"{folder}.lock"):
        if not (folder / "ready").exists():
            folder.mkdir()
            env = os.environ | begin(folder, name, settings=settings, based_on=based_on)
            plain = {"DIASPORA_TEST_PLAIN_SQLITE": "yes"}  # the file itself would remember WAL
            manage(env | plain, "migrate", "-v0")
            (folder / "ready").touch()
    return name if _cluster() else f"{folder}/db.sqlite3"


def _environment(folder: Path | str, name: str, settings: str) -> dict[str, str]:
    return {"DIASPORA_TEST_DIR": str(folder), "DIASPORA_TEST_DB": name, "DJANGO_SETTINGS_MODULE": settings}


def _cluster() -> str:
    return os.environ.get("DIASPORA_TEST_PG", "")


def _on_cluster(statement: str) -> None:
    host, _, port = _cluster().partition(":")
    with psycopg.connect(host=host, port=port, user="postgres", autocommit=True) as connection:
        connection.execute(statement)
