"""A site as `wagtail start` makes it, which then gets the package by the steps of the documentation."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from . import steps

PROJECT = "town"
OURS = ("DIASPORA_", "DJANGO_")


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


class PlainHost:
    def __init__(self, folder: Path):
        self.folder, self.process = folder / "site", None
        self.project = self.folder / PROJECT
        self.folder.mkdir()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"

    def make(self) -> None:
        wagtail = Path(sys.executable).with_name("wagtail")
        self._run([str(wagtail), "start", PROJECT, "."])

    def install(self) -> None:
        base = self.project / "settings" / "base.py"
        first_of_wagtail = '    "wagtail.contrib.forms",\n'
        self._insert(base, steps.apps_block(), above=first_of_wagtail)
        with base.open("a", encoding="utf-8") as settings:
            settings.write(f"\n{steps.settings_block()}")
        ours, wagtails = steps.urls_block()
        self._insert(self.project / "urls.py", f"    {ours}\n", above=f"    {wagtails}\n")
        for command in steps.commands():
            self.manage(*command)

    def send_mail_to(self, port: int) -> None:
        """The mail server is the machine's matter, for which `wagtail start` reads `local.py`."""
        backend = "django.core.mail.backends.smtp.EmailBackend"
        local = f'EMAIL_BACKEND = "{backend}"\nEMAIL_HOST = "127.0.0.1"\nEMAIL_PORT = {port}\n'
        (self.project / "settings" / "local.py").write_text(local)

    def manage(self, *command: str) -> str:
        return self._run([sys.executable, "manage.py", *command])

    def start(self) -> None:
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{self.port}"]
        log_file = self.folder.parent / "server.log"
        with log_file.open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=clean_environment(), stdout=log, stderr=subprocess.STDOUT
            )
        for _attempt in range(300):
            try:
                urllib.request.urlopen(self.url, timeout=5).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(log_file.read_text())

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()

    def _insert(self, path: Path, text: str, *, above: str) -> None:
        before, found, after = path.read_text(encoding="utf-8").partition(above)
        assert found, f"{path.name} has no line {above!r}"
        path.write_text(f"{before}{text}{found}{after}", encoding="utf-8")

    def _run(self, command: list[str]) -> str:
        """What it said; fails with it when the command does."""
        done = subprocess.run(
            command, cwd=self.folder, env=clean_environment(), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr
