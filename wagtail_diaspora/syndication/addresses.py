"""Where feeds are read, as paths: the same on every Site, since they name the municipality."""

import hashlib
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from wagtail_diaspora import conf

__all__ = [
    "ALL",
    "archive_path",
    "chain",
    "digest_of",
    "feed",
    "file_path",
    "hubs",
    "join",
    "kept_path",
    "language_of",
    "link_header",
    "listen",
    "membership",
    "page",
    "private_path",
    "sitemap",
]

ALL = "all"
"""The selection of every topic; so no topic has this code."""


def file_path(code: str, language: str, selection: str, form: Any) -> str:
    """The name of a feed's bytes, `form` being a `formats.Format`."""
    return f"{code}/{language}/{selection}/{form.name}.{form.suffix}"


def archive_path(code: str, language: str, number: int, form: Any) -> str:
    """Of RFC 5005: an archive is a selection that never grows. Topics have codes without a point."""
    return file_path(code, language, f"{ALL}.{number}", form)


def digest_of(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def private_path(token: str, language: str, form: Any) -> str:
    """The same of a feed for one partner; nobody guesses its token."""
    return f"for/{token}/{language}/{form.name}.{form.suffix}"


def kept_path(path: str) -> str:
    """A partner's own, as the database names it: whoever reads that cannot read the feed."""
    folder, _slash, name = path.rpartition("/")
    return f"for/{digest_of(folder)}/{name}"


def language_of(path: str) -> str:
    """Empty where it is a partner's own."""
    parts = path.split("/")
    return parts[1] if len(parts) == 4 else ""


def feed(path: str) -> str:
    return _address("feed", path=path)


def page() -> str:
    """For people: which feeds there are, and what they are for."""
    return _address("feeds")


def sitemap() -> str:
    return _address("sitemap")


def hubs(url: str) -> tuple[str, ...]:
    """Where one may subscribe to the feed of this absolute address: our own hub, and the host's others."""
    return (urljoin(url, _address("hub")), *conf.WEBSUB_HUBS)


def link_header(url: str) -> str:
    """As WebSub wants it, with a feed and with what a hub sends."""
    links = [*((hub, "hub") for hub in hubs(url)), (url, "self")]
    return ", ".join(f'<{address}>; rel="{relation}"' for address, relation in links)


def listen(key: UUID) -> str:
    """The callback of a subscription of ours at somebody else's hub."""
    return _address("listen", key=key)


def join(code: str) -> str:
    """Where one reads what a hub is, and where a website asks to join it."""
    return _address("join", code=code)


def chain() -> str:
    """Where a member reads the hub's ledger, and says which newsrooms it serves itself."""
    return _address("chain")


def membership(key: UUID) -> str:
    """Where a hub tells a municipality what has become of its membership."""
    return _address("membership", key=key)


def _address(name: str, **kwargs: Any) -> str:
    with translation.override(None):
        return reverse(f"diaspora_syndication:{name}", kwargs=kwargs)
