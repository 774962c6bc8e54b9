"""Reads a screen as a person would, and names what is still English, or Latin within Cyrillic."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import django
import polib
from lxml.html import HtmlElement, document_fromstring

import wagtail_diaspora
from tests import borrow
from wagtail_diaspora.registrar.references import ALPHABET
from wagtail_diaspora.scripts import to_cyrillic

OURS = Path(wagtail_diaspora.__file__).parent
REFERENCE = f"[{ALPHABET}]{{3}}(?:-[{ALPHABET}]{{3}}){{2}}"  # of an order: some have no digit
SILENT = {"script", "style", "svg"}
READ_ALOUD = {"alt", "aria-description", "aria-label", "label", "placeholder", "title"}
SAID_IN_JSON = {"description", "helpText", "label", "placeholder", "text"}
ENGLISH = re.compile(
    r"(?<![\w-])(?:the|this|these|you|your|with|and|are|was|were|will|from|have|has|been|for|of|or|by"
    r"|must|cannot|please|add|edit|delete|choose|select|save|page|pages|user|users)(?![\w-])",
    re.IGNORECASE,
)
NEVER_TRANSLATED = re.compile(  # Wagtail writes these in English itself, or the database holds them
    r"""<input\ type="submit"\ value="Search"\ class="button"\ />
    |aria-label="Actions"\ id="w-slim-header-buttons"
    |(?<=>)\s*None\s*(?=</(?:td|div)>)
    |Wagtail\ v[\d.]+
    |Can\ (?:add|change|delete|view)\ [\w ]+""",
    re.VERBOSE,
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}")


@cache
def english(language: str) -> tuple[frozenset[str], re.Pattern]:
    """Sentences of Django, Wagtail and ours that look otherwise in this language: whole, and with gaps."""
    whole, gaps = set(), []
    for folder in folders():
        kept = {key for key, entry in entries(folder, language) if entry.msgstr == entry.msgid}
        kept |= {key for key, entry in entries(OURS, language) if entry.msgstr == entry.msgid}
        for key, entry in entries(folder, "en"):
            if key in kept:
                continue
            for text in filter(None, (entry.msgid, entry.msgid_plural)):
                for piece in map(tidy, re.split("<[^<>]*>", text)):
                    words = PLACEHOLDER.sub("", piece)
                    if piece == words and (len(words.split()) > 1 or piece == tidy(text)):
                        whole.add(piece)
                    elif piece != words and re.search("[A-Za-z]{3}", words):
                        gaps.append(".+".join(map(re.escape, PLACEHOLDER.split(piece))))
    return frozenset(whole - {""}), re.compile("|".join(gaps))


def folders() -> Iterator[Path]:
    yield OURS
    installed = Path(django.__file__).parents[1]
    for package, parts in borrow.PARTS.items():
        yield from (installed / package / part for part in parts)


@cache
def entries(folder: Path, language: str) -> list:
    found = []
    for domain in borrow.DOMAINS:
        path = folder / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
        found += polib.pofile(str(path)) if path.exists() else []
    return [((entry.msgctxt, entry.msgid), entry) for entry in found]


def tidy(text: str) -> str:
    return " ".join(text.split())


class Reader:
    """`known` are names and codes of the data; `right` are texts that stand as they are in any language."""

    def __init__(self, locale: str, *, known: set[str], right: set[str]):
        self.cyrillic = locale == "sr"
        self.whole, self.gaps = english(locale)
        names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
        self.known = re.compile(rf"(?<!\w)(?:{names}|\w+\.(?:pdf|png)|{REFERENCE})(?!\w)")
        self.right = right

    def wrong(self, markup: str) -> set[str]:
        texts = {tidy(text) for text in said(read(NEVER_TRANSLATED.sub("", markup)))} - self.right
        wrong = {text for text in texts if self.is_wrong(text)}
        self.right |= texts - wrong
        return wrong

    def is_wrong(self, text: str) -> bool:
        text = tidy(self.known.sub(" ", text))
        if not re.search("[A-Za-z]{2}", text):
            return False
        if text in self.whole or self.gaps.fullmatch(text) or ENGLISH.search(text):
            return True
        return self.cyrillic and to_cyrillic(text) != text


def read(markup: str) -> HtmlElement:
    return document_fromstring(markup if markup.strip() else "<html></html>")


def said(tree: HtmlElement) -> Iterator[str]:
    unused = {node for template in tree.iter("template") for node in template.iter("*")}
    for node in tree.iter("*"):
        kept_by_language = node.tag == "textarea" and node.get("lang")
        if not (node.tag in SILENT or node in unused or kept_by_language):
            yield from filter(None, (node.text, *(below.tail for below in node)))
        yield from said_in_attributes(node)
        if node.tag == "script" and node.get("type") == "application/json":
            yield from said_in_json(json.loads(node.text))


def said_in_attributes(node) -> Iterator[str]:
    if node.tag == "input" and node.get("type") in ("submit", "button"):
        yield node.get("value", "")
    for name, value in node.attrib.items():
        if name in READ_ALOUD:
            yield value
        elif name.startswith("data-") and value[:1] in ("{", "["):
            try:
                yield from said_in_json(json.loads(value))
            except ValueError:
                continue
        elif name.startswith("data-") and re.match(r"[A-ZА-Я]\w*[ .…]", value):
            yield value


def said_in_json(value, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from said_in_json(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from said_in_json(inner, key)
    elif isinstance(value, str) and "<" in value:
        yield from said(read(value))
    elif isinstance(value, str) and (key in SAID_IN_JSON or re.match(r"[A-ZА-Я]\w* \w", value)):
        yield value
