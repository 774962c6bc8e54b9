"""A throw-away PostgreSQL for benchmark processes."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

from tests.on_postgres import cluster

DATABASE = "diaspora_bench"


@contextlib.contextmanager
def migrated(settings: str) -> Iterator[dict[str, str]]:
    """Environment of a process on a migrated database with these settings."""
    with cluster() as server:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "DIASPORA_TEST_PG": server.address,
            "DIASPORA_TEST_DB": DATABASE,
        }
        server._run("createdb", "-h", "127.0.0.1", "-p", str(server.port), "-U", "postgres", DATABASE)
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], env=env, check=True)
        yield env
