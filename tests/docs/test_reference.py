"""The tables of settings and checks say what the code says, and the links of the pages lead somewhere."""

import re
from pathlib import Path

import pytest

import wagtail_diaspora
from wagtail_diaspora import conf, limits

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(wagtail_diaspora.__file__).parent
PAGES = [
    *(path for path in (ROOT / "docs").rglob("*.md") if "_build" not in path.parts),
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")),
]
ROW = re.compile(r"^\| `([^`]+)` \| (?:`([^`]+)`)?", re.M)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)|```\{(?:image|figure)\} (\S+)")


def rows(name):
    return dict(ROW.findall((ROOT / "docs" / "admin" / name).read_text(encoding="utf-8")))


def test_each_setting_stands_with_its_default():
    said = {name: eval(default) for name, default in rows("settings.md").items() if name.isupper()}
    assert said == conf.DEFAULTS


def test_each_limit_stands_with_its_number():
    said = {name: eval(default) for name, default in rows("settings.md").items() if name.islower()}
    assert said == limits.LIMITS


def test_each_check_stands_and_none_more():
    files = [*PACKAGE.rglob("checks.py"), *PACKAGE.glob("checks/*.py")]
    sources = (path.read_text(encoding="utf-8") for path in files)
    ids = {found for source in sources for found in re.findall(r'id="([\w.]+)"', source)}
    assert len(ids) > 15
    assert set(rows("checks.md")) == ids


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_link_leads_to_a_file(page):
    found = {link or picture for link, picture in LINK.findall(page.read_text(encoding="utf-8"))}
    assert not [link for link in found if not (page.parent / link).exists()]


def test_the_log_of_the_web_server_keeps_no_key_of_an_address():
    """Each address of ours with a token or a code is one that the nginx configuration shortens."""
    told = (ROOT / "docs" / "admin" / "deployment.md").read_text(encoding="utf-8")
    [shortened] = re.findall(r'"~\^\(\?<place>(/diaspora/\S+)\)"', told)
    sources = (path.read_text(encoding="utf-8") for path in PACKAGE.rglob("urls.py"))
    keyed = {at for source in sources for at in re.findall(r'"(diaspora/[^"<]*)<str:(?:token|code)>', source)}
    assert len(keyed) >= 6
    assert not [at for at in keyed if not re.fullmatch(shortened, f"/{at}")]
