"""Real processes on the database of the running test.

Public API: `start`, `finish` and `kill` for forks of a server that has imported everything; `command` and
`environment` for a Python of its own, as cron and mail servers start it.
"""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.outbox.preloaded"])
HANDED_ON = ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "MEDIA_ROOT", "WAGTAIL_DIASPORA")


class Fork:
    """What of `subprocess.Popen` tests need."""

    def __init__(self, main: Callable, arguments: tuple[str, ...], host: dict, database: dict):
        self.stdout, out = pipe()
        self.stderr, err = pipe()
        self.process = FORKS.Process(target=run, args=(main, arguments, host, database, out, err))
        self.process.start()
        out.close()
        err.close()

    @property
    def returncode(self) -> int | None:
        return self.process.exitcode

    def kill(self) -> None:
        self.process.kill()

    def communicate(self, timeout: float = 60) -> tuple[str, str]:
        """For processes that say little."""
        self.process.join(timeout)
        assert self.returncode is not None, "It does not end."
        with self.stdout, self.stderr:
            return self.stdout.read(), self.stderr.read()


def start(main: Callable, *arguments: str, **database: Any) -> Fork:
    """Run it with the settings of the test; `database` is what differs of the test's own."""
    host = {name: getattr(settings, name) for name in HANDED_ON} | {"EMAIL_TIMEOUT": 30}
    own = {"NAME": connection.settings_dict["NAME"]}
    return Fork(main, arguments, host, own | database)


def run(
    main: Callable,
    arguments: tuple[str, ...],
    host: Mapping[str, Any],
    database: Mapping[str, Any],
    out: Connection,
    err: Connection,
) -> None:
    """In the fork."""
    os.dup2(out.fileno(), sys.stdout.fileno())
    os.dup2(err.fileno(), sys.stderr.fileno())
    for name, value in host.items():
        setattr(settings, name, value)
    connection.settings_dict.update(database)
    main(*arguments)


def pipe() -> tuple[Any, Connection]:
    reading, writing = FORKS.Pipe(duplex=False)
    with reading:
        return open(os.dup(reading.fileno())), writing


def environment(*, port: int = 1, database: str | None = None, **extra: str) -> dict[str, str]:
    own = {
        "OUTBOX_DATABASE": database or str(connection.settings_dict["NAME"]),
        "OUTBOX_SMTP_PORT": str(port),
    }
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.outbox.worker_settings", **own, **extra}


def command(*arguments: str, env: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "django", *arguments],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(*processes: Fork | subprocess.Popen, seconds: int = 60) -> list[str]:
    """What each printed; fails with its errors when it did not end well."""
    outputs = [process.communicate(timeout=seconds) for process in processes]
    for process, (_, errors) in zip(processes, outputs, strict=True):
        assert process.returncode == 0, errors
    return [output.strip() for output, _ in outputs]


def kill(process: Fork | subprocess.Popen) -> None:
    process.kill()
    process.communicate()
