"""Atom 1.0, with tombstones after RFC 6721 and archives after RFC 5005."""

import re

from lxml.etree import _Element

from ..entries import Entry, Feed, Publisher
from .extensions import NAMESPACES, links, media, periods
from .rss import GENERATOR
from .text import address, line, stamp, tag
from .wording import body, description
from .xml import Vocabulary

__all__ = ["CONTENT_TYPE", "ELEMENT", "write_atom"]

CONTENT_TYPE = "application/atom+xml"
ELEMENT = re.compile(rb"<(entry|at:deleted-entry)\b[^<]*(?:<(?!/\1>)[^<]*)*</\1>")

x = Vocabulary("http://www.w3.org/2005/Atom", at="http://purl.org/atompub/tombstones/1.0", **NAMESPACES)


def write_atom(feed: Feed) -> bytes:
    entries = (_tombstone(entry) if entry.withdrawn else _entry(feed, entry) for entry in feed.entries)
    return x.document(x("feed", *_about(feed), *entries, **{"xml:lang": tag(feed.language)}))


def _about(feed: Feed) -> list[_Element | None]:
    return [
        x("id", feed.id),
        x("title", line(feed.title), type="text"),
        x("subtitle", line(feed.subtitle), type="text"),
        x("updated", stamp(feed.updated_at)),
        _author(feed.publisher),
        *links(x, "link", feed, CONTENT_TYPE),
        x("link", rel="alternate", type="text/html", href=address(feed.home_url)),
        *_licence(feed),
        x("logo", address(feed.logo_url)),
        x("generator", GENERATOR),
    ]


def _entry(feed: Feed, entry: Entry) -> _Element:
    return x(
        "entry",
        x("id", entry.urn),
        x("title", line(entry.title) or None, type="text"),
        x("link", rel="alternate", type="text/html", href=address(entry.url)),
        x("published", stamp(entry.published_at)),
        x("updated", stamp(entry.updated_at)),
        _author(entry.publisher, entry.author),
        *(
            x("category", term=line(topic.code), scheme=address(feed.topics_url), label=line(topic.name))
            for topic in entry.topics
        ),
        x("summary", description(entry), type="text"),
        x("content", body(entry), type="html"),
        *_enclosures(entry),
        *media(x, entry),
        *_licence(entry),
        *periods(x, entry),
        *_origin(entry),
        **{"xml:lang": tag(entry.language)},
    )


def _tombstone(entry: Entry) -> _Element:
    """Alone, without an entry of the same id: RFC 6721 says that such an entry was removed."""
    why = x("at:comment", description(entry), **{"xml:lang": tag(entry.language)})
    return x("at:deleted-entry", why, ref=entry.urn, when=stamp(entry.updated_at))


def _author(publisher: Publisher, name: str = "") -> _Element:
    return x(
        "author",
        x("name", line(name or publisher.name)),
        x("uri", address(publisher.url)),
        x("email", line(publisher.email)),
    )


def _enclosures(entry: Entry) -> list[_Element]:
    files = filter(None, [entry.picture, entry.sound])
    return [
        x("link", rel="enclosure", type=file.content_type, length=file.length, href=address(file.url))
        for file in files
    ]


def _licence(of: Feed | Entry) -> list[_Element | None]:
    url = address(of.rights_url)
    return [x("rights", line(of.rights), type="text"), url and x("link", rel="license", href=url)]


def _origin(entry: Entry) -> list[_Element | None]:
    """The feed from which the entry came, as Atom has it; of that its address is all that is known."""
    origin = entry.origin
    if origin is None:
        return []
    feed_url, url = address(origin.feed_url), address(origin.url)
    source = x(
        "source",
        x("id", feed_url or url),
        x("title", line(origin.name), type="text"),
        feed_url and x("link", rel="self", href=feed_url),
        x("link", rel="alternate", type="text/html", href=url),
        x("updated", stamp(entry.updated_at)),
    )
    return [x("link", rel="via", title=line(origin.name), href=url), source]
