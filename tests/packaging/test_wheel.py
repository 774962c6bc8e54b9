"""The wheel and the sdist hold all of the package, and the wheel works in an environment that had nothing.

They are built from a copy, so that nothing that an earlier build left in the checkout gets in.
"""

import gettext
import importlib.util
import json
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.hosts.steps import apps

from .apart import PACKAGE, ROOT, copy

LANGUAGES = ("bs", "hr", "sr", "sr_Latn", "de", "en")
SENTENCE = "Order a document"
PROBE = Path(__file__).with_name("probe.py")
OFFLINE = re.compile("NewConnectionError|NameResolutionError|ConnectTimeoutError|Network is unreachable")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (ROOT / PACKAGE).is_dir(), reason="The source is elsewhere: tox -e wheel"),
    pytest.mark.skipif("DIASPORA_TEST_PG" in os.environ, reason="Nothing here depends on the database."),
]


def missing(what):
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def run(*command, cwd):
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    if done.returncode and OFFLINE.search(done.stdout + done.stderr):
        missing("The package index cannot be reached.")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("source")
    copy(folder, package=True)
    return folder


@pytest.fixture(scope="module")
def built(source, tmp_path_factory):
    """Folder with an sdist, and a wheel made from it."""
    spec = importlib.util.find_spec("build")
    if spec is None or spec.origin is None:  # a folder of that name is no package
        missing("build is missing (pip install build).")
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-I", "-m", "build", "--outdir", folder, source, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def report(wheel, tmp_path_factory):
    """What the wheel does, said by `probe.py`."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder / "venv", symlinks=True)
    python = folder / "venv" / "bin" / "python"
    install = ("-m", "pip", "--python", python, "install", "--quiet", "--no-compile")
    run(sys.executable, *install, wheel, cwd=folder)
    return json.loads(run(python, "-I", PROBE, folder, json.dumps(apps()), SENTENCE, cwd=folder))


def files_of(source):
    """Of the package, with those behind the link to the catalogues."""
    walked = os.walk(source / PACKAGE, followlinks=True)
    return {
        str(Path(folder, name).relative_to(source)) for folder, _folders, names in walked for name in names
    }


def below(source, kind):
    """Paths of all templates, or static files, as their finder names them."""
    marker = f"/{kind}/"
    return {path.split(marker, 1)[1] for path in files_of(source) if marker in path}


def test_the_wheel_holds_every_file_and_no_other(source, wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == files_of(source)


def test_the_sdist_holds_every_file(source, built):
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    assert {name for name in names if name.startswith(f"{PACKAGE}/")} == files_of(source)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_catalogue_is_in_the_wheel(wheel, language):
    names = zipfile.ZipFile(wheel).namelist()
    assert {f"{PACKAGE}/locale/{language}/LC_MESSAGES/django.{kind}" for kind in ("po", "mo")} <= set(names)


def test_the_installed_package_is_the_one_looked_at(report):
    assert "/venv/lib/" in report["file"]


def test_each_template_loads(source, report):
    assert set(report["templates"]) == below(source, "templates")
    assert {name: error for name, error in report["templates"].items() if error} == {}


def test_each_static_file_is_collected(source, report):
    ours = below(source, "static")
    assert len(ours) >= 2
    assert ours <= set(report["static"])


def test_no_migration_is_missing(report):
    assert report["missing_migrations"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_speaks(source, report, language):
    with (source / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as compiled:
        expected = gettext.GNUTranslations(compiled).gettext(SENTENCE)
    assert report["said"][language.lower().replace("_", "-")] == expected
    assert expected != SENTENCE or language == "en"
