"""Other settings need another process."""

import subprocess
import sys
from pathlib import Path


def test_an_order_works_behind_the_prefix_of_a_language():
    inside = Path(__file__).with_name("inside_i18n.py")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(inside)]
    done = subprocess.run([*command, "--ds", "tests.localize.i18n_settings"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
