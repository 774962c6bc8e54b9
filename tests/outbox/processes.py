"""Real processes on the database of the running test."""

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def environment(*, port: int = 1, database: str | None = None, **extra: str) -> dict[str, str]:
    own = {
        "OUTBOX_DATABASE": database or str(connection.settings_dict["NAME"]),
        "OUTBOX_SMTP_PORT": str(port),
    }
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.outbox.worker_settings", **own, **extra}


def start(module: str, *arguments: str, env: dict[str, str]) -> subprocess.Popen:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def finish(*processes: subprocess.Popen, seconds: int = 60) -> list[str]:
    """What each printed; fails with its errors when it did not end well."""
    outputs = [process.communicate(timeout=seconds) for process in processes]
    for process, (_, errors) in zip(processes, outputs, strict=True):
        assert process.returncode == 0, errors
    return [output.strip() for output, _ in outputs]


def kill(process: subprocess.Popen) -> None:
    process.kill()
    process.communicate()
