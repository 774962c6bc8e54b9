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
from tests import borrow
from tests.lacking import lacking

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(wagtail_diaspora.__file__).parent
DOMAINS = ("django", "djangojs")
LANGUAGES = ("bs", "hr", "sr", "sr_Latn", "de", "en")
KEPT_LATIN = re.compile(r"^[\W\d]*(?:ID|IPv[46]|URL|</?b>|%\(\w+\)s|[\W\d])*$")


def catalogue(language, *domains):
    folder = PACKAGE / "locale" / language / "LC_MESSAGES"
    return [entry for domain in domains or DOMAINS for entry in polib.pofile(str(folder / f"{domain}.po"))]


def said(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text):
    return sorted(re.findall(r"%\(\w+\)[sdr]|\{\w*\}|</?\w+[^<>]*>", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(language):
    for entry in catalogue(language):
        assert all(said(entry)) and not entry.fuzzy, (language, entry.msgid)
        asked = [placeholders(text) for text in (entry.msgid, entry.msgid_plural) if text]
        for text in said(entry):
            assert placeholders(text) in asked, text


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_stands_as_make_messages_writes_it(language, domain):
    path = PACKAGE / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
    assert path.read_text(encoding="utf-8").strip() == str(polib.pofile(str(path), wrapwidth=0)).strip()


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_source(language, domain):
    compiled = polib.mofile(str(PACKAGE / "locale" / language / "LC_MESSAGES" / f"{domain}.mo"))
    source = catalogue(language, domain)
    assert {(e.msgctxt, e.msgid): said(e) for e in compiled} == {
        (e.msgctxt, e.msgid): said(e) for e in source
    }


def test_no_string_of_the_source_is_missing(tmp_path):
    if not shutil.which("xgettext"):
        lacking("xgettext is missing (apt-get install gettext).")
    copy = tmp_path / "wagtail_diaspora"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("locale", "__pycache__"))
    (copy / "locale").mkdir()
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    for domain in DOMAINS:
        command = [
            sys.executable,
            "-m",
            "django",
            "makemessages",
            "-l",
            "bs",
            "-d",
            domain,
            "-v0",
            "--no-wrap",
        ]
        subprocess.run(command, cwd=copy, check=True, env=env)
        fresh = polib.pofile(str(copy / "locale" / "bs" / "LC_MESSAGES" / f"{domain}.po"))
        wanted = {(e.msgctxt, e.msgid) for e in fresh}
        for language in LANGUAGES:
            have = {(e.msgctxt, e.msgid) for e in catalogue(language, domain)}
            assert have == wanted, (language, have ^ wanted)


def test_serbian_cyrillic_is_that_of_the_latin():
    call_command("diaspora_transliterate", PACKAGE / "locale", check=True)
    for entry in catalogue("sr"):
        for text in said(entry):
            assert re.search("[а-шђјљњћџ]", text.lower()) or KEPT_LATIN.match(text), text


def test_each_variant_keeps_to_the_glossary():
    rows = list(csv.DictReader((ROOT / "docs" / "glossary.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) > 10
    texts = {
        lang: [re.sub("<[^<>]*>", "", t).lower() for e in catalogue(lang) for t in said(e)]
        for lang in ("bs", "hr", "sr_Latn")
    }
    for row in rows:
        for ban in filter(None, row["not"].split(";")):
            language, _colon, word = ban.partition(":")
            found = [text for text in texts[language] if re.search(rf"\b{re.escape(word)}", text)]
            assert not found, (language, word, found[:3])


def test_serbian_is_ijekavian():
    words = "ovde|gde|uvek|pre nego|mesto|mesta|reč(?!enic)|deo|lep|vreme(?!n)|zahtev|promen|izmen|posle"
    ekavian = re.compile(rf"\b(?:{words})\w*")
    for entry in catalogue("sr_Latn"):
        for text in said(entry):
            assert not ekavian.search(text.lower()), text


def test_our_words_never_take_the_place_of_djangos_or_wagtails():
    """A string without context stands for everybody: theirs are among ours only where they are borrowed."""
    theirs = set()
    for package in (django, wagtail):
        for path in Path(package.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po"):
            theirs |= {entry.msgid for entry in polib.pofile(str(path)) if not entry.msgctxt}
    ours = {entry.msgid for entry in catalogue("en") if not entry.msgctxt and not only_borrowed(entry)}
    assert not ours & theirs


def only_borrowed(entry):
    return all(file.startswith("borrowed/") for file, _line in entry.occurrences)


def test_every_word_of_the_installed_django_and_wagtail_is_borrowed():
    """`make borrowed` writes the lists again."""
    have = {domain: {(e.msgctxt, e.msgid) for e in catalogue("bs", domain)} for domain in DOMAINS}
    found = borrow.lists([Path(django.__file__).parents[1]])
    assert ("wagtail.admin", "django") in found and ("wagtail.admin", "djangojs") in found
    for (part, domain), entries in found.items():
        assert not set(entries) - have[domain], part
