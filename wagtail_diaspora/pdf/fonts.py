"""PT Sans, which has all of Latin and Serbian Cyrillic.

Its italics stay unused: in Cyrillic they have Russian letter forms.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

import fontpkg_pt_sans
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "Diaspora-Regular", "Diaspora-Bold"
_FILES = {REGULAR: "PT_Sans-Web-Regular.ttf", BOLD: "PT_Sans-Web-Bold.ttf"}


@lru_cache(maxsize=1)
def register() -> None:
    folder = Path(fontpkg_pt_sans.__file__).parent / "files"
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))


def printable(text: str) -> str:
    """`text` in letters that the font has: without a rare accent, with `?` for another script's letter."""
    known = pdfmetrics.getFont(REGULAR).face.charToGlyph
    text = unicodedata.normalize("NFC", text)
    if all(ord(c) in known for c in text):
        return text
    return "".join(c if ord(c) in known or c == "\n" else _nearest(c, known) for c in text)


def wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """Lines that fit `width` points; a word longer than a line is broken."""
    lines = []
    for line in simpleSplit(printable(text), font, size, width):
        while pdfmetrics.stringWidth(line, font, size) > width and len(line) > 1:
            end = next(n for n in range(len(line) - 1, 0, -1) if _fits(line[:n], font, size, width) or n == 1)
            lines.append(line[:end])
            line = line[end:]
        lines.append(line)
    return lines or [""]


def _fits(text: str, font: str, size: float, width: float) -> bool:
    return pdfmetrics.stringWidth(text, font, size) <= width


def _nearest(letter: str, known: dict) -> str:
    if unicodedata.category(letter)[0] == "Z":
        return " "
    plain = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    if plain and all(ord(c) in known for c in plain):
        return plain
    return "" if unicodedata.category(letter)[0] in "CM" else "?"
