"""A host from which the package is taken as documented runs on, and nothing of it is left in the database."""

import json
import os

import pytest

from tests import databases
from tests.hosts.steps import ROOT, commands

DOCUMENT = ROOT / "docs" / "admin" / "removal.md"
WITHOUT = "tests.hosts.variants.removed"


@pytest.mark.slow
def test_the_host_runs_on_and_nothing_is_left(tmp_path):
    env = os.environ | databases.give(tmp_path, f"removal_{os.getpid()}")
    databases.manage(
        env, "shell", "-v0", "-c", "from tests.removal import before; before.use(); before.remove()"
    )
    env |= {"DJANGO_SETTINGS_MODULE": WITHOUT}
    script = "from tests.removal import after; after.remaining_steps(); after.look()"
    report = json.loads(databases.manage(env, "shell", "-v0", "-c", script))
    assert report.pop("screens") == [200] * 6
    assert report.pop("pages") == ["grad"]
    assert not any(report.values()), report
    assert "No changes detected" in databases.manage(env, "makemigrations", "--check", "--dry-run")


def test_the_documentation_names_each_room_above_what_it_needs():
    named = [arguments[1] for arguments in commands(DOCUMENT) if arguments[-1] == "zero"]
    assert named == [
        "diaspora_bulletin",
        "diaspora_syndication",
        "diaspora_news",
        "diaspora_registrar",
        "diaspora_municipalities",
        "diaspora_outbox",
        "diaspora_vault",
        "django_smart_ratelimit",
    ]
