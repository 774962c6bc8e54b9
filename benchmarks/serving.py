"""The benchmarks' host behind gunicorn with two sync workers, on a throw-away PostgreSQL."""

import contextlib
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.on_postgres import free_port

from .postgres import migrated

SETTINGS = "benchmarks.host.settings"
WORKERS = 2


@dataclass(frozen=True)
class Host:
    env: dict[str, str]
    port: int

    def stage(self, verb: str, *numbers: int) -> Any:
        """The last line that one verb of `benchmarks.host.stage` prints."""
        command = [sys.executable, "-m", "benchmarks.host.stage", verb, *map(str, numbers)]
        done = subprocess.run(command, env=self.env, check=True, stdout=subprocess.PIPE)
        return json.loads(done.stdout.splitlines()[-1])


@contextlib.contextmanager
def served() -> Iterator[Host]:
    """The host, with an office and the peer's page, answering."""
    with migrated(SETTINGS) as env:
        host = Host(env, free_port())
        host.stage("make", host.port)
        command = [sys.executable, "-m", "gunicorn", "tests.wsgi", "--bind", f"127.0.0.1:{host.port}"]
        command += ["--workers", str(WORKERS), "--worker-class", "sync", "--log-level", "error"]
        server = subprocess.Popen(command, env=env)
        try:
            wait_for(f"http://localhost:{host.port}/")
            yield host
        finally:
            server.terminate()
            server.wait()


def wait_for(url: str) -> None:
    for _attempt in range(300):
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(url, timeout=5).close()
        time.sleep(0.1)
    raise RuntimeError("The host did not start.")
