"""How a plain Wagtail site gets the package: read from `docs/admin/install.md`, so that it stays true."""

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "admin" / "install.md"
EXAMPLE = ROOT / "example_site" / "config" / "settings" / "base.py"

FENCE = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.M | re.S)
MARKED = re.compile(r"^ *# begin: wagtail-diaspora\n(.*?)^ *# end: wagtail-diaspora$", re.M | re.S)
MANAGE = "python manage.py "


def apps_block(path: Path = DOCUMENT) -> str:
    """What stands between the marks of a page of the documentation, or of a settings file."""
    return MARKED.search(path.read_text(encoding="utf-8"))[1]


def apps(path: Path = DOCUMENT) -> list[str]:
    return re.findall(r'"([\w.]+)",', apps_block(path))


def settings_block() -> str:
    return next(text for text in _fenced("py") if "WAGTAIL_DIASPORA = {" in text)


def urls_block() -> list[str]:
    """The lines that stand in `urlpatterns`, ours above Wagtail's."""
    text = next(text for text in _fenced("py") if "wagtail_diaspora.urls" in text)
    return [line.strip() for line in text.splitlines() if "include(" in line]


def commands(path: Path = DOCUMENT) -> list[list[str]]:
    """Each `manage.py` command in order, without `python manage.py`."""
    lines = "".join(_fenced("shell", path)).replace("\\\n", " ").splitlines()
    lines = [line.strip() for line in lines]
    return [shlex.split(line.removeprefix(MANAGE)) for line in lines if line.startswith(MANAGE)]


def _fenced(language: str, path: Path = DOCUMENT) -> list[str]:
    found = FENCE.findall(path.read_text(encoding="utf-8"))
    return [text for kind, text in found if kind == language]
