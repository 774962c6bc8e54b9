"""Strangers' text, HTML, addresses and dates, made harmless and bounded. Nothing here raises.

Public API: `plain`, `words_of`, `safe_html`, `paragraphs`, `absolute`, `mailbox`, `instant`, `moment`,
`is_past`, `whole`, `escaped`, `dicts`, `named`.
"""

import html
import re
from calendar import timegm
from datetime import UTC, datetime, timedelta
from time import struct_time
from typing import Any
from urllib.parse import urljoin, urlsplit

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

__all__ = [
    "absolute",
    "dicts",
    "escaped",
    "instant",
    "is_past",
    "mailbox",
    "moment",
    "named",
    "paragraphs",
    "plain",
    "safe_html",
    "whole",
    "words_of",
]

LONGEST_HTML = 60_000
LONGEST_ADDRESS = 2000
MOST_TAGS = 6000
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
CLOCKS_DIFFER = timedelta(minutes=2)
WORDS = {"a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "q", "s", "small", "strong", "u"}
PARTS = {"blockquote", "dd", "dl", "dt", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
TABLES = {"caption", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href"},
    "abbr": {"title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
FORMATTING = re.compile(r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/])", re.I)
BLOCK = re.compile(r"(</?(?:p|br|li|h\d|div|td|tr)\b)", re.I)
SHORT = re.compile(r"\d{4}(-\d\d)?")
SCHEMES = {"http", "https", "mailto", "tel"}
UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Controls, halves of characters, and what turns the direction of the text that follows."""


def plain(value: Any, limit: int) -> str:
    """One line, cut at a word; numbers are taken as text, and anything else for nothing."""
    if not isinstance(value, str | int | float):
        return ""
    text = " ".join(UNWANTED.sub("", str(value)[: limit * 4]).split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def words_of(markup: Any, limit: int) -> str:
    """The plain text of HTML; a block ends a word."""
    spaced = BLOCK.sub(r" \1", _text(markup)[: limit * 8])
    return plain(html.unescape(nh3.clean(_tamed(spaced), tags=set())), limit)


def safe_html(markup: Any, base: str) -> tuple[str, str]:
    """Allowed tags only, with absolute links, and the address of the first picture, which is left out."""
    pictures: list[str] = []

    def kept(tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            pictures.append(absolute(value, base))
        return _link(value, base) if name == "href" else value

    cleaned = nh3.clean(
        _tamed(_text(markup)[:LONGEST_HTML]),
        tags=WORDS | PARTS | TABLES,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        attribute_filter=kept,
        link_rel="noopener nofollow",
    ).strip()
    if len(cleaned) > 2 * LONGEST_HTML:
        cleaned = paragraphs(words_of(markup, LONGEST_HTML))
    return cleaned, next(filter(None, pictures), "")


def paragraphs(text: Any) -> str:
    parts = re.split(r"\n\s*\n", _text(text)[:LONGEST_HTML].strip())
    return "".join(f"<p>{html.escape(part.strip())}</p>" for part in parts if part.strip())


def absolute(value: Any, base: str = "") -> str:
    """An address of http or https, or nothing."""
    if not isinstance(value, str) or not value.strip():
        return ""
    try:
        url = urljoin(base, UNWANTED.sub("", value).strip().replace(" ", "%20"))
        parts = urlsplit(url)
        named = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return ""
    return url if named and len(url) <= LONGEST_ADDRESS and "\n" not in url else ""


def mailbox(value: Any) -> str:
    """An e-mail address, or nothing."""
    address = plain(value, 254)
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address


def whole(value: Any) -> int | None:
    """A count, also as text; None where it is none, or more than a database holds."""
    text = str(value) if isinstance(value, int | str) else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def instant(value: Any) -> datetime | None:
    """From what feedparser or ISO 8601 says, also a year or month alone; without a zone it is UTC."""
    try:
        if isinstance(value, struct_time):
            return datetime.fromtimestamp(timegm(value), tz=UTC)
        text = str(value).strip()
        found = datetime.fromisoformat(text + "-01-01"[len(text) - 4 :] if SHORT.fullmatch(text) else text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def moment(value: Any) -> datetime | None:
    """When something was published: what lies to come is now, and what lies before the web is a mistake."""
    found = instant(value)
    return min(found, datetime.now(tz=UTC)) if found and found >= OLDEST else None


def is_past(value: Any) -> bool:
    """Or nearly: the other side's clock may be ahead, and what it says now is read at once."""
    found = instant(value)
    return found is not None and found < datetime.now(tz=UTC) + CLOCKS_DIFFER


def escaped(text: Any) -> str:
    """Plain text where HTML is asked for."""
    return html.escape(text, quote=False) if isinstance(text, str) else ""


def dicts(values: Any) -> list[dict[str, Any]]:
    """The objects of a JSON list."""
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def named(thing: dict[str, Any], name: str) -> dict[str, Any]:
    """The object of this name in one of JSON, be it empty."""
    value = thing.get(name)
    return value if isinstance(value, dict) else {}


def _link(value: str, base: str) -> str | None:
    if re.match(r"(?:mailto|tel):", value, re.I):
        return value[:LONGEST_ADDRESS]
    return absolute(value, base) or None


def _tamed(markup: str) -> str:
    """HTML opens formatting again in each block, three times for each set of attributes: without them, a
    page of a few kilobytes cannot be made to swell to many megabytes. Tags beyond the limit are cut off."""
    markup = "<".join(markup.split("<", MOST_TAGS)[:MOST_TAGS])
    return FORMATTING.sub(r"<\1><span", markup)


def _text(value: Any) -> str:
    return UNWANTED.sub("", value) if isinstance(value, str) else ""
