"""The data of every released version are there after the newest migrations, which need no key."""

import json
import os

import pytest

from tests import databases

from .versions import VERSIONS

WITHOUT_KEYS = {"DIASPORA_TEST_OPTIONS": json.dumps({"KEYS": [], "KEY_FILE": None})}


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_of_that_version_is_lost(version, tmp_path):
    env = os.environ | databases.give(tmp_path, f"since_{version.replace('.', '_')}_{os.getpid()}")
    notes = tmp_path / "rows.json"

    def run(statement):
        return databases.manage(env, "shell", "-v0", "-c", f"from tests.upgrade import rows; {statement}")

    run(f"rows.begin({version!r}, {str(notes)!r})")
    assert len(json.loads(notes.read_text())) > 20
    databases.manage(env | WITHOUT_KEYS, "migrate", "-v0")
    databases.manage(env | WITHOUT_KEYS, "makemigrations", "--check", "--dry-run")
    assert run(f"print(rows.lost({str(notes)!r}))").strip() == "[]"
