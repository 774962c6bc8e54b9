"""A throw-away PostgreSQL for benchmark processes."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from tests.on_postgres import cluster

DATABASE = "diaspora_bench"


@contextlib.contextmanager
def migrated(settings: str) -> Iterator[dict[str, str]]:
    """Environment of a process on a migrated database with these settings, and a folder for its files."""
    with cluster() as server, tempfile.TemporaryDirectory(prefix="diaspora-bench-") as folder:
        env = {
            **os.environ,
            "DIASPORA_TEST_DIR": folder,
            "DJANGO_SETTINGS_MODULE": settings,
            "DIASPORA_TEST_PG": server.address,
            "DIASPORA_TEST_DB": DATABASE,
        }
        server._run("createdb", "-h", "127.0.0.1", "-p", str(server.port), "-U", "postgres", DATABASE)
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], env=env, check=True)
        yield env
