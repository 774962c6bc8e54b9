"""The order of names for readers: of the letters, not of their codes.

Public API: `place_of`.
"""

import unicodedata

__all__ = ["place_of"]

ALPHABET = "abcčćdđefghijklmnopqrsštuvwxyzžабвгдђежзијклљмнњопрстћуфхцчџш"
_ORDER = {letter: number for number, letter in enumerate(ALPHABET)}


def place_of(name: str) -> list[int]:
    """To sort by. A letter that the alphabet lacks stands with its base letter, as in `Ägypten`."""
    letters = (c if c in _ORDER else unicodedata.normalize("NFKD", c)[0] for c in name.casefold())
    return [_ORDER.get(letter, -1) for letter in letters]
