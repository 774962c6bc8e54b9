"""Another INSTALLED_APPS needs another process."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("wagtail_localize")


def test_the_registrar_page_is_translated_with_wagtail_localize():
    inside = Path(__file__).with_name("inside.py")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(inside)]
    done = subprocess.run([*command, "--ds", "tests.localize.settings"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
