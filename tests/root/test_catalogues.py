"""The catalogues are complete, compiled, in the right script, and speak the glossary's terms."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import django
import polib
import pytest
import wagtail
from django.core.management import call_command

import wagtail_diaspora

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(wagtail_diaspora.__file__).parent
LANGUAGES = ("bs", "hr", "sr", "sr_Latn", "de", "en")
KEPT_LATIN = re.compile(r"^[\W\d]*(?:JMBG|%\(\w+\)s|[\W\d])*$")


def catalogue(language):
    return polib.pofile(str(PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"))


def said(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(language):
    for entry in catalogue(language):
        assert all(said(entry)) and not entry.fuzzy, (language, entry.msgid)
        for text in said(entry):
            for pattern in (r"%\(\w+\)[sd]", r"</?\w+>"):
                assert sorted(re.findall(pattern, text)) == sorted(re.findall(pattern, entry.msgid)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_source(language):
    folder = PACKAGE / "locale" / language / "LC_MESSAGES"
    compiled = {(e.msgctxt, e.msgid): said(e) for e in polib.mofile(str(folder / "django.mo"))}
    assert compiled == {(e.msgctxt, e.msgid): said(e) for e in catalogue(language)}


@pytest.mark.skipif(
    not shutil.which("xgettext"), reason="xgettext is not installed (apt-get install gettext)"
)
def test_no_string_of_the_source_is_missing(tmp_path):
    copy = tmp_path / "wagtail_diaspora"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("locale", "__pycache__"))
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "bs", "-v0", "--no-wrap"]
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=copy, check=True, env=env)
    fresh = polib.pofile(str(copy / "locale" / "bs" / "LC_MESSAGES" / "django.po"))
    wanted = {(e.msgctxt, e.msgid) for e in fresh}
    for language in LANGUAGES:
        have = {(e.msgctxt, e.msgid) for e in catalogue(language)}
        assert have == wanted, (language, have ^ wanted)


def test_serbian_cyrillic_is_that_of_the_latin():
    call_command("diaspora_transliterate", PACKAGE / "locale", check=True)
    for entry in catalogue("sr"):
        for text in said(entry):
            assert re.search("[а-шђјљњћџ]", text) or KEPT_LATIN.match(text), text


def test_each_variant_keeps_to_the_glossary():
    rows = list(csv.DictReader((ROOT / "docs" / "glossary.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) > 10
    texts = {lang: [t.lower() for e in catalogue(lang) for t in said(e)] for lang in ("bs", "hr", "sr_Latn")}
    for row in rows:
        for ban in filter(None, row["not"].split(";")):
            language, _colon, word = ban.partition(":")
            found = [text for text in texts[language] if re.search(rf"\b{re.escape(word)}", text)]
            assert not found, (language, word, found[:3])


def test_serbian_is_ijekavian():
    words = "ovde|gde|uvek|pre nego|mesto|mesta|reč(?!enic)|deo|lep|vreme|zahtev|promen|izmen|posle"
    ekavian = re.compile(rf"\b(?:{words})\w*")
    for entry in catalogue("sr_Latn"):
        for text in said(entry):
            assert not ekavian.search(text.lower()), text


def test_our_words_never_take_the_place_of_djangos_or_wagtails():
    """A string without context stands for everybody: none of theirs may be among ours."""
    theirs = set()
    for package in (django, wagtail):
        for path in Path(package.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po"):
            theirs |= {entry.msgid for entry in polib.pofile(str(path)) if not entry.msgctxt}
    ours = {entry.msgid for entry in catalogue("en") if not entry.msgctxt}
    assert not ours & theirs
