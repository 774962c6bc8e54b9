"""Latin and Cyrillic script of Bosnian, Croatian and Serbian, and folding for search.

Public API: `to_cyrillic`, `to_latin`, `is_cyrillic`, `fold`, `fold_words`.
"""

import re
import unicodedata
from collections.abc import Callable

__all__ = ["fold", "fold_words", "is_cyrillic", "to_cyrillic", "to_latin"]

_LATIN = [*"abvgdđežzijkl", "lj", "m", "n", "nj", *"oprstćufhcč", "dž", "š"]
_CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш"
_TO_CYRILLIC = dict(zip(_LATIN, _CYRILLIC, strict=True)) | {"w": "в"}  # in “web” alone
_TO_LATIN = dict(zip(_CYRILLIC, _LATIN, strict=True))
_SINGLE_CODE_POINTS = dict(
    zip("ǆǅǄǉǈǇǌǋǊÐð", ["dž", "Dž", "DŽ", "lj", "Lj", "LJ", "nj", "Nj", "NJ", "Đ", "đ"], strict=True)
)  # as NFC leaves them; Icelandic eth is a common mistake for đ
_LETTERS = "A-Za-zČčĆćĐđŠšŽž"

# Where nj and dž are two letters: prefixes before ž, and a few stems.
_PART = re.compile(
    r"\b(?:ne)?(?:nad|od|pod|pred)(?=ž(?:al(?!an)|an[jr]|ar|d[er]|e[ltv]|iv|il|ig|nj|up|v|m|ub|ur|ut))"
    r"|\bin(?=jic)|and(?=žej)|feld(?=žand)|\ban(?=jon)|in(?=je[kc]|jun)|kon(?=jek|juga[tc]|junkt|junkc|juk|junt)|man(?=jogan)"
    r"|on(?=jlajn)|šen(?=j[ae]n)|tan(?=jug)|van(?=je[dz])",
    re.IGNORECASE,
)
_DIGRAPH = re.compile(rf"lj|nj|dž|[{_LETTERS}]", re.IGNORECASE)
_CYRILLIC_LETTER = re.compile("[а-шјљњћђџА-ШЈЉЊЋЂЏ]")

# What keeps its letters in a catalogue.
_KEPT = re.compile(
    r"""
    <[^<>]*> | &\#?\w+; | %\(\w+\)[srd] | %[sd%] | \{\{?\s*[\w.|:]*\s*\}\}?
    | \b[\w.+-]+@[\w-]+(?:\.[\w-]+)+ | \b(?:https?://|www\.)[^\s<>"]+
    | \b[\w-]+(?:\.[\w-]+)*\.(?:ba|com|org|net|eu|gov|int|de|at)\b(?:/\S*)?
    | \b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{2,4}){3,8}\b
    | \b(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9-]{2,}\b
    | \b(?=[IVXLCDM]{2,}\b)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b | \b[IVX](?=\.\s)
    | \b\w+_\w+\b | \b\w+\.py\b | \b\w+:\w+\b | \bKEYS\b | (?<=\)[sd])\s?MB\b
    | (?<=\d)\s?(?:k?m²?|kg|g|cm|mm|ha|MB|kB|GB|kW|KB|V|°C)\b
    | \[*\b(?:DD|HH|YYYY)\b[\]\[A-Za-z:.-]*
    | \b(?:API|CSRF|DEBUG=True|Django\w*|Embedly|Enter|False|HTTPS|ID|IPv[46]|JSON(?:\sFeed)?)\b
    | \b(?:JavaScript|LDAP|None|True|UTC|UUID|Referer|Referrer-Policy|no-referrer|same-origin)\b
    | \b(?:AVIF|GIF|HEIC|JPE?G|PDF|PNG|WEBP)\b | \b(?:RSS|Atom|OPML|ninjs|NewsML)\b
    | \b(?:KM|BAM|EUR|IBAN|BIC|SWIFT|QR|CIEC|SMS|XLSX|CSV|URL|HTML|Wagtail|wagtail-diaspora|Malmö)\b
    | \b(?![Ww]eb(?:[aue]|om)?\b)[A-Za-z]*[qwxyQWXY][A-Za-z]*\b
    """,
    re.VERBOSE,
)


def to_cyrillic(text: str, *, kept: re.Pattern = _KEPT) -> str:
    """Serbian Latin to Cyrillic; addresses, links, codes, Roman numerals and units stay as they are.

    `kept` finds what keeps its letters, by default in a catalogue; for running text see `cyrillic`.
    """
    return _outside_kept(text, kept, _words_to_cyrillic)


def to_latin(text: str, *, kept: re.Pattern | None = None) -> str:
    """Serbian Cyrillic to Latin; `Љ` becomes `LJ` within capitals, else `Lj`. `kept` finds what stays."""
    return _outside_kept(text, kept, _words_to_latin) if kept else _words_to_latin(text)


def is_cyrillic(text: str) -> bool:
    """Whether most letters are Cyrillic."""
    letters = [c for c in text if c.isalpha()]
    return 2 * sum(1 for c in letters if _CYRILLIC_LETTER.match(c)) > len(letters)


def fold(text: str) -> str:
    """For search: one case, Latin, no diacritics; `đ`, `dj` and `d` alike, as people abroad write them."""
    text = _one_form(text).casefold().translate(_SMALL_TO_LATIN).replace("dj", "d").replace("đ", "d")
    text = text.translate(_PLAIN)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def fold_words(text: str) -> list[str]:
    """The folded words of names; hyphens, apostrophes and full stops part them."""
    return re.findall(r"[^\W_]+", fold(text))


_SMALL_TO_LATIN = str.maketrans(_TO_LATIN)
_PLAIN = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ħ": "h"}
)


def _outside_kept(text: str, kept: re.Pattern, change: Callable[[str], str]) -> str:
    done, end = [], 0
    text = _one_form(text)
    for found in kept.finditer(text):
        done += [change(text[end : found.start()]), found.group()]
        end = found.end()
    return "".join([*done, change(text[end:])])


def _words_to_cyrillic(text: str) -> str:
    parted = _PART.sub(lambda stem: stem.group() + "\0", text)
    return _DIGRAPH.sub(_cyrillic_letter, parted).replace("\0", "")


def _cyrillic_letter(match: re.Match) -> str:
    latin = match.group()
    cyrillic = _TO_CYRILLIC.get(latin.lower(), latin)
    return cyrillic.upper() if latin[0].isupper() else cyrillic


def _words_to_latin(text: str) -> str:
    return "".join(_latin_letter(text, at) for at in range(len(text)))


def _latin_letter(text: str, at: int) -> str:
    letter = text[at]
    latin = _TO_LATIN.get(letter.lower())
    if latin is None:
        return letter
    if letter.islower():
        return latin
    capitals = text[at + 1 : at + 2].isupper() or (
        not text[at + 1 : at + 2].isalpha() and text[at - 1 : at].isupper() and at > 0
    )
    return latin.upper() if capitals else latin.capitalize()


def _one_form(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    for single, letters in _SINGLE_CODE_POINTS.items():
        text = text.replace(single, letters)
    return text
