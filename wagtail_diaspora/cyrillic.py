"""Running text and HTML in the other script: what an editor wrote, not what a catalogue holds.

Public API: `to_cyrillic_text`, `cyrillic_html`, `to_latin_text`, `latin_html`, `serbian_script`.
"""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

from .kept import ADDRESSES, KEPT
from .scripts import to_cyrillic, to_latin

__all__ = ["cyrillic_html", "latin_html", "serbian_script", "to_cyrillic_text", "to_latin_text"]

_LITERAL = {"code", "kbd", "samp", "script", "style", "var"}
_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""")
_SPOKEN = {"alt", "title"}
_LETTER = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]+);")
_OURS = set("čćđšžČĆĐŠŽ") | set(map(chr, range(0x400, 0x460)))
_IN_TWO_SCRIPTS = ("bs", "cnr", "hr", "sh", "sr")


def to_cyrillic_text(text: str) -> str:
    """Serbian running text in Cyrillic; what `kept` names stays in Latin letters."""
    return to_cyrillic(text, kept=KEPT)


def cyrillic_html(html: str) -> str:
    """HTML with its texts, `alt` and `title` in Cyrillic, and every other byte of its tags as it was.

    Code, `translate="no"`, the class `notranslate` and what `lang` calls another language stay too.
    """
    return _written(html, to_cyrillic_text, _is_latin_serbian)


def to_latin_text(text: str) -> str:
    """Bosnian, Croatian or Serbian running text in Latin letters; addresses stay as they are."""
    return to_latin(text, kept=ADDRESSES)


def latin_html(html: str) -> str:
    """As `cyrillic_html`, in Latin letters."""
    return _written(html, to_latin_text, _is_in_two_scripts)


def serbian_script(language: str) -> str | None:
    """`latn` or `cyrl` as a code names it, "" for Serbian without a script, None for another language."""
    language, *subtags = language.lower().replace("_", "-").split("-")
    if language != "sr":
        return None
    return next((subtag for subtag in subtags if subtag in ("latn", "cyrl")), "")


def _is_latin_serbian(language: str) -> bool:
    return serbian_script(language) in ("", "latn")


def _is_in_two_scripts(language: str) -> bool:
    return language.lower().replace("_", "-").partition("-")[0] in _IN_TWO_SCRIPTS


def _written(html: str, change: Callable[[str], str], is_ours: Callable[[str], bool]) -> str:
    reader = _Reader(html, change, is_ours)
    reader.feed(html)
    reader.close()
    return reader.written()


class _Element(NamedTuple):
    tag: str
    ours: bool = True
    literal: bool = False

    @property
    def changes(self) -> bool:
        return self.ours and not self.literal

    def child(
        self, tag: str, attributes: dict[str, str | None], is_ours: Callable[[str], bool]
    ) -> "_Element":
        marks = [
            attributes.get("translate") == "no",
            "notranslate" in (attributes.get("class") or "").split(),
        ]
        language = attributes.get("lang") or attributes.get("xml:lang")
        ours = is_ours(language) if language else self.ours
        return _Element(tag, ours, self.literal or tag in _LITERAL or any(marks))


class _Reader(HTMLParser):
    """Notes where tags and texts begin and what changes there; all that lies between is copied."""

    def __init__(self, html: str, change: Callable[[str], str], is_ours: Callable[[str], bool]):
        super().__init__(convert_charrefs=False)
        self.html, self.change, self.is_ours = html, change, is_ours
        self.lines = [0, *(end.end() for end in re.finditer("\n", html))]
        self.open = [_Element("")]
        self.notes: list[tuple[int, Callable[[str], str]]] = [(0, str)]

    def written(self) -> str:
        ends = [start for start, _change in self.notes[1:]] + [len(self.html)]
        pieces = zip(self.notes, ends, strict=True)
        return "".join(change(self.html[start:end]) for (start, change), end in pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self.open[-1].child(tag, dict(attrs), self.is_ours)
        self._note(self._tag if element.changes else str)
        if not _VOID.fullmatch(tag):
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self.open[-1].child(tag, dict(attrs), self.is_ours)
        self._note(self._tag if element.changes else str)

    def handle_endtag(self, tag: str) -> None:
        self._note(str)
        depth = max((at for at, element in enumerate(self.open) if element.tag == tag), default=None)
        if depth:
            del self.open[depth:]

    def handle_data(self, data: str) -> None:
        """A text is one piece, with the entities in it: they may stand in an address."""
        change = self._text if self.open[-1].changes else str
        if self.notes[-1][1] != change:
            self._note(change)

    handle_entityref = handle_charref = handle_data

    def handle_comment(self, data: str) -> None:
        self._note(str)

    handle_decl = handle_pi = unknown_decl = handle_comment

    def _note(self, change: Callable[[str], str]) -> None:
        line, column = self.getpos()
        self.notes.append((self.lines[line - 1] + column, change))

    def _tag(self, raw: str) -> str:
        return _ATTRIBUTE.sub(self._attribute, raw)

    def _attribute(self, match: re.Match) -> str:
        name, equals, value = match.groups()
        return f"{name}{equals}{self._text(value)}" if name.lower() in _SPOKEN else match.group()

    def _text(self, raw: str) -> str:
        """Words with `&scaron;` in them are read whole; other entities stay."""
        return self.change(_LETTER.sub(_own_letter, raw))


def _own_letter(match: re.Match) -> str:
    letter = unescape(match.group())
    return letter if letter in _OURS else match.group()
