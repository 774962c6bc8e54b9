"""The checkout without the package, where tests can only import the installed one.

`python tests/packaging/apart.py FOLDER` makes it, and fails when Python, run there, finds another package.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "wagtail_diaspora"
MADE = (".*", "__pycache__", "*.egg-info", "build", "dist", "var", "_build", "node_modules")
FOUND = f"import {PACKAGE}; print({PACKAGE}.__file__)"


def copy(folder: Path, *, package: bool = False) -> None:
    """What people wrote, without what programs made of it."""
    left_out = shutil.ignore_patterns(*MADE)
    for path in sorted(ROOT.iterdir()):
        if left_out(str(ROOT), [path.name]) or (path.name == PACKAGE and not package):
            continue
        if path.is_dir():
            shutil.copytree(path, folder / path.name, symlinks=True, ignore=left_out, dirs_exist_ok=True)
        else:
            shutil.copy2(path, folder)


def imported_from(folder: Path) -> Path:
    command = [sys.executable, "-c", FOUND]
    return Path(
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
    )


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    copy(folder)
    found = imported_from(folder)
    if found.is_relative_to(sys.prefix):
        return 0
    print(f"The tests would import {found}, not the installed package.", file=sys.stderr)  # noqa: T201
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
