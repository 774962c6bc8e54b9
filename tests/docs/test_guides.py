"""The guides name buttons as the screens do, keep to each language's own words, and agree in both scripts."""

import csv
import importlib.util
import re
from pathlib import Path

import polib
import pytest
import wagtail

from tests.root.test_catalogues import said

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
LANGUAGES = ("bs", "hr", "sr_Latn", "sr")
EKAVIAN = r"\b(?:ovde|gde|uvek|pre nego|mesto|reč(?!enic)|deo|lep|vreme|zahtev|promen|izmen|posle\b)\w*"


def pages(language):
    return sorted((GUIDE / language).glob("*.md"))


def labels(language):
    """What the screens say, as patterns, in one case: `%(number)s` stands for anything."""
    catalogue = polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))
    for text in (text for entry in catalogue for text in said(entry)):
        yield re.sub(r"%\\?\(\w+\\?\)[sd]", ".+", re.escape(text.lower()))


def test_cyrillic_guides_are_those_of_the_latin():
    spec = importlib.util.spec_from_file_location("cyrillic", ROOT / "docs" / "cyrillic.py")
    cyrillic = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(cyrillic)
    assert cyrillic.stale() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_guide_is_there_in_each_language(language):
    assert [path.name for path in pages(language)] == ["bulletin.md", "clerk.md", "editor.md"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_bold_stands_on_a_screen(language):
    on_screens = re.compile("|".join(sorted(set(labels(language)), key=len, reverse=True)))
    for page in pages(language):
        bold = re.findall(r"\*\*(.+?)\*\*", page.read_text(encoding="utf-8"), re.S)
        assert len(bold) > 5
        words = [" ".join(label.split()) for label in bold]
        assert not [label for label in words if not on_screens.fullmatch(label.lower())], page


def wagtails(language):
    """What Wagtail's admin says: in English, and in Croatian as far as that is translated."""
    folder = Path(wagtail.__file__).parent
    for path in folder.rglob("locale/en/LC_MESSAGES/django.po"):
        yield from (entry.msgid for entry in polib.pofile(str(path)))
    for path in folder.rglob("locale/hr_HR/LC_MESSAGES/django.po") if language == "hr" else ():
        yield from (entry.msgstr for entry in polib.pofile(str(path)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_italic_stands_in_wagtails_admin(language):
    known = {*wagtails(language), "Sucur"}
    for page in pages(language):
        italic = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", page.read_text(encoding="utf-8"))
        assert italic and set(italic) <= known, page


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_guide_shows_pictures_of_its_own_language(language):
    for page in pages(language):
        pictures = re.findall(r"images/(\w+)/", page.read_text(encoding="utf-8"))
        assert set(pictures) == {language}


@pytest.mark.parametrize("language", ["bs", "hr", "sr_Latn"])
def test_guides_keep_to_the_glossary(language):
    text = " ".join(path.read_text(encoding="utf-8").lower() for path in pages(language))
    for row in csv.DictReader((ROOT / "docs" / "glossary.csv").read_text(encoding="utf-8").splitlines()):
        banned = [ban.partition(":")[2] for ban in row["not"].split(";") if ban.startswith(f"{language}:")]
        assert not [word for word in banned if re.search(rf"\b{re.escape(word)}", text)]


def test_serbian_guides_are_ijekavian():
    for page in pages("sr_Latn"):
        assert not re.findall(EKAVIAN, page.read_text(encoding="utf-8").lower())
