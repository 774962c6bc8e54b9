"""The suite's host as a process of its own: gunicorn, a database and folders in a temporary place."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests import databases

ROOT = databases.MANAGE.parents[1]
PASSWORD = "only-for-tests"


class RunningHost:
    """`start` migrates, sets up an office and serves; `manage` runs any command on it."""

    def __init__(
        self,
        folder: Path,
        *,
        smtp_port: int = 1,
        plain_sqlite: bool = False,
        settings: str = databases.SUITE,
        **options: Any,
    ):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.folder, self.settings = folder, settings
        self.env = os.environ | {
            "DIASPORA_TEST_SMTP": str(smtp_port),
            "DIASPORA_TEST_PLAIN_SQLITE": "yes" if plain_sqlite else "",
            "DIASPORA_TEST_OPTIONS": json.dumps(options),
        }
        self.process: subprocess.Popen | None = None
        self.console: subprocess.Popen | None = None

    def prepare(self) -> None:
        """A database of its own, with the office."""
        based_on = None if self.settings == databases.SUITE else databases.SUITE
        self.env |= databases.give(
            self.folder, f"host_{self.port}", settings=self.settings, based_on=based_on
        )
        self.manage("shell", "-v0", "-c", f"from tests.running.office import make; make({self.port})")

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "tests.running.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--preload", "--workers", "2", "--threads", "4", "--log-level", "error"]
        self.process = subprocess.Popen(command, env=self.env, cwd=ROOT, start_new_session=True)
        for _attempt in range(600):
            try:
                urllib.request.urlopen(f"{self.url}/diaspora/proof/", timeout=2).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("The host did not start.")

    def stop(self) -> None:
        """At once: nothing that was begun has to be ended well."""
        if self.process:
            self.kill()
        if self.console:
            self.console.kill()
            self.console.communicate()
            self.console = None

    def kill(self) -> None:
        """SIGKILL to the server and all its workers."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def manage(self, *command: str) -> str:
        """What it printed; it runs in a process of its own."""
        self.console = self.console or subprocess.Popen(
            [sys.executable, "-m", "tests.running.console"],
            env=self.env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.console.stdin.write(json.dumps(command) + "\n")
        self.console.stdin.flush()
        status, printed = json.loads(self.console.stdout.readline())
        assert status == 0, printed
        return printed

    def make_news(self) -> dict[str, Any]:
        """What `newsroom.make` says of the pages that it makes."""
        made = "import json; from tests.running.newsroom import make; print(json.dumps(make()))"
        return json.loads(self.manage("shell", "-v0", "-c", made))

    def deliver(self) -> None:
        """One round of the clock."""
        self.manage("diaspora_tick", "--only", "outbox.deliver", "-v0", "--skip-checks")
