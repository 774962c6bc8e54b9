"""`python -m tests.deployable`: `check --deploy` passes on the example's production settings."""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

SITE = Path(__file__).resolve().parents[1] / "example_site"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "SECRET_KEY": secrets.token_hex(40),
            "ALLOWED_HOSTS": "town.example.org",
            "ADMIN_URL": "https://town.example.org",
            "FROM_EMAIL": "town@example.org",
            "KEY_FILE": f"{folder}/keys/ring",
            "PRIVATE_ROOT": f"{folder}/private",
            "TRUSTED_PROXIES": "127.0.0.1",
        }
        for command in (["diaspora_keys", "new"], ["check", "--deploy", "--fail-level", "WARNING"]):
            done = subprocess.run([sys.executable, "manage.py", *command], cwd=SITE, env=env)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
