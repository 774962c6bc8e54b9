"""The order of names for readers: of the letters, not of their codes.

Public API: `place_of`.
"""

import re
import unicodedata

from django.utils.translation import get_language

__all__ = ["place_of"]

ALPHABET = [
    *("a", "b", "c", "č", "ć", "d", "dž", "đ", "e", "f", "g", "h", "i", "j", "k", "l", "lj", "m", "n", "nj"),
    *"opqrsštuvwxyzžабвгдђежзијклљмнњопрстћуфхцчџш",
]
DIGRAPHS_IN = {"bs", "hr", "sr"}
"""Languages in which two characters are one letter; elsewhere `nj` is n and j, as in `Anjou`."""
_ORDER = {letter: number for number, letter in enumerate(ALPHABET)}
_LETTER = re.compile("dž|lj|nj|.", re.DOTALL)


def place_of(name: str, *, language: str | None = None) -> list[int]:
    """To sort by, in `language`, by default the active one.

    A letter that the alphabet lacks stands with its base letter, as in `Ägypten`.
    """
    name = unicodedata.normalize("NFKC", name).casefold()
    letters = _LETTER.findall(name) if _has_digraphs(language or get_language() or "") else name
    return [
        _ORDER.get(letter, _ORDER.get(unicodedata.normalize("NFKD", letter)[0], -1)) for letter in letters
    ]


def _has_digraphs(language: str) -> bool:
    return language.partition("-")[0] in DIGRAPHS_IN
