"""Run a command with a throw-away PostgreSQL cluster: `python -m tests.on_postgres pytest tests`.

The command sees its address in `DIASPORA_TEST_PG`. The cluster lives in a temporary folder on a free
loopback port and is stopped at the end, whatever happens.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

HASTY = ("fsync=off", "full_page_writes=off")
"""What dies with the machine only: a killed server or client loses nothing that was committed."""


def find_binaries() -> Path | None:
    """Newest folder on this machine that has `initdb` and `pg_ctl`, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("initdb"):
        folders.append(Path(found).resolve().parent)
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """A PostgreSQL cluster that a test may stop, kill and start again."""

    def __init__(self, binaries: Path, folder: Path, *, settings: Sequence[str] = ()):
        self.binaries, self.folder, self.port = binaries, folder, free_port()
        self.settings = settings
        self.prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*self.prefix, str(self.binaries / program), *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )

    def create(self) -> None:
        if self.prefix:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8")

    def start(self) -> None:
        chosen = ("listen_addresses=127.0.0.1", *self.settings)
        options = " ".join([f"-p {self.port} -k {self.folder}", *(f"-c {setting}" for setting in chosen)])
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-l", log, "-o", options, "-w", "start")

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop")


@contextlib.contextmanager
def cluster(*settings: str) -> Iterator[Cluster]:
    """A started cluster with these settings; raises RuntimeError when the machine has no PostgreSQL."""
    binaries = find_binaries()
    if binaries is None:
        raise RuntimeError("PostgreSQL is missing: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="diaspora-pg-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)
        server = Cluster(binaries, Path(folder), settings=settings)
        server.create()
        server.start()
        try:
            yield server
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):
                server.stop("immediate")


def main(command: list[str]) -> int:
    with cluster(*HASTY) as server:
        return subprocess.run(command, env={**os.environ, "DIASPORA_TEST_PG": server.address}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
