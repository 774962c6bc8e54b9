"""Text, times and addresses as every format wants them.

Public API: `clean`, `line`, `address`, `stamp`, `mail_date`, `mailbox`, `tag`.
"""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri, punycode
from django.utils.timezone import is_naive

from ..entries import Publisher

__all__ = ["address", "clean", "line", "mail_date", "mailbox", "stamp", "tag"]

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile("[\t\n\r ]+")
_ABSOLUTE = re.compile(r"https?://[^/?#]", re.IGNORECASE)


def clean(text: str) -> str:
    """Without what XML forbids: control characters, lone surrogates, U+FFFE and U+FFFF, none printable."""
    return text if text.isprintable() else _NOT_IN_XML.sub("", text)


def line(text: str) -> str:
    return _SPACES.sub(" ", clean(text)).strip(" ")


def address(url: str) -> str:
    """In ASCII; ValueError where a reader would have to guess the rest."""
    url = iri_to_uri(_in_ascii(line(url)))
    if url and not _ABSOLUTE.match(url):
        raise ValueError(f"Not an absolute address: {url}")
    return url


def stamp(moment: datetime | None) -> str:
    """RFC 3339 in UTC."""
    return _utc(moment).isoformat(timespec="seconds").replace("+00:00", "Z") if moment else ""


def mail_date(moment: datetime) -> str:
    """RFC 822, in English whatever language is active."""
    return format_datetime(_utc(moment), usegmt=True)


def mailbox(publisher: Publisher) -> str:
    """As RSS writes a person: the e-mail address first."""
    return f"{line(publisher.email)} ({line(publisher.name)})" if publisher.email else ""


def tag(language: str) -> str:
    """As BCP 47 writes it: `sr` is Cyrillic here."""
    code = language.lower().replace("_", "-")
    return {"sr": "sr-Cyrl", "sr-cyrl": "sr-Cyrl", "sr-latn": "sr-Latn"}.get(code, language)


def _in_ascii(url: str) -> str:
    """The name of a server has an ASCII of its own, unless it is none."""
    if url.isascii():
        return url
    try:
        parts = urlsplit(url)
        return parts._replace(netloc=punycode(parts.netloc)).geturl()
    except ValueError:
        return url


def _utc(moment: datetime) -> datetime:
    if is_naive(moment):
        raise ValueError(f"A time without its zone: {moment}")
    return moment.astimezone(UTC)
