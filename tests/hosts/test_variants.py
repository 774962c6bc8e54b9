"""Hosts differ: each line of HOSTS is one, in a process of its own, since its settings are."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]

# The settings in `variants`, and the files in `inside` that are run with them.
HOSTS = {
    "own_models": ["common", "own_models"],
    "strict": ["common", "strict"],
    "cached": ["common", "cached"],
    "one_language": ["common", "one_language"],
    "untranslated": ["common", "untranslated"],
    "elsewhere": ["common", "elsewhere"],
    "translated": ["common", "translated"],
    "i18n": ["i18n", "common"],  # in this order: what `common` installs stays
    "localize": ["common", "localize", "serbian", "localized_news"],
    "extending": ["common", "extending"],
}
WITH_USERS_OF_THEIR_OWN = ["own_models"]


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTS)
def test_it_works_on_such_a_host(name, tmp_path):
    if name == "localize":
        pytest.importorskip("wagtail_localize")
    settings = f"tests.hosts.variants.{name}"
    based_on = None if name in WITH_USERS_OF_THEIR_OWN else databases.SUITE
    database = databases.begin(tmp_path, f"{name}_{os.getpid()}", settings=settings, based_on=based_on)
    inside = [str(FOLDER / "inside" / f"{file}.py") for file in HOSTS[name]]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--ds", settings, *inside]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | database, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
