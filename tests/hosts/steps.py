"""How a plain Wagtail site gets the package: what `docs/admin/install.md` tells people to do."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "admin" / "install.md"
EXAMPLE = ROOT / "example_site" / "config" / "settings" / "base.py"
MARKED = re.compile(r"# begin: wagtail-diaspora\n(.*?)# end: wagtail-diaspora", re.DOTALL)

URLS = 'path("", include("wagtail_diaspora.urls")),'
URLS_ABOVE = 'path("", include(wagtail_urls)),'

SETTINGS = """
WAGTAIL_DIASPORA = {
    "KEY_FILE": BASE_DIR.parent / "keys" / "keyring",
    "PRIVATE_ROOT": BASE_DIR.parent / "private",
    "DEFAULT_FROM_EMAIL": "maticar@example.org",
}
"""

COMMANDS = [
    ["diaspora_keys", "new"],
    ["migrate"],
    [
        *("diaspora_setup", "--municipality", "primjer", "--under", "/"),
        *("--name", "Grad Primjer", "--kind", "grad", "--entity", "rs"),
        *("--email", "maticar@example.org"),
    ],
]


def apps_in(path: Path) -> list[str]:
    """The apps between the marks of a settings file or of a page of the documentation."""
    block = MARKED.search(path.read_text(encoding="utf-8"))[1]
    return re.findall(r'^\s*"([\w.]+)",$', block, re.MULTILINE)


def documented_apps() -> list[str]:
    return apps_in(DOCUMENT if DOCUMENT.exists() else EXAMPLE)
