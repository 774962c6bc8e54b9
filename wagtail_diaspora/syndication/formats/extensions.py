"""What RSS and Atom share: Media RSS, Dublin Core's periods, archives and hubs.

Public API: `NAMESPACES`, `enclosed`, `media`, `periods`, `links`.
"""

from collections.abc import Iterator

from lxml.etree import _Element

from ..entries import Entry, Feed, Picture, Sound
from .text import address, line, stamp
from .xml import Vocabulary

__all__ = ["NAMESPACES", "enclosed", "links", "media", "periods"]

NAMESPACES = {
    "dcterms": "http://purl.org/dc/terms/",
    "fh": "http://purl.org/syndication/history/1.0",
    "media": "http://search.yahoo.com/mrss/",
}


def enclosed(entry: Entry) -> Picture | Sound | None:
    """The one file that a reader takes with the entry."""
    return None if entry.withdrawn else entry.picture or entry.sound


def media(x: Vocabulary, entry: Entry) -> Iterator[_Element]:
    if entry.withdrawn:
        return
    if picture := entry.picture:
        yield x(
            "media:content",
            x("media:description", line(picture.alt), type="plain"),
            x("media:credit", line(picture.credit)),
            url=address(picture.url),
            type=picture.content_type,
            medium="image",
            fileSize=picture.length,
            width=picture.width,
            height=picture.height,
        )
    if sound := entry.sound:
        yield x(
            "media:content",
            url=address(sound.url),
            type=sound.content_type,
            medium="audio",
            fileSize=sound.length,
            duration=sound.seconds or None,
        )


def periods(x: Vocabulary, entry: Entry) -> Iterator[_Element | None]:
    """How long an entry may be used; a withdrawn one may not since it was withdrawn."""
    end = entry.updated_at if entry.withdrawn else entry.expires_at
    yield entry.embargoed_until and x("dcterms:available", _period(start=stamp(entry.embargoed_until)))
    yield end and x("dcterms:valid", _period(start=stamp(entry.published_at), end=stamp(end)))


def links(x: Vocabulary, name: str, feed: Feed, content_type: str) -> Iterator[_Element]:
    """Where the feed is, unless that is a secret, who pushes it, and its archive after RFC 5005."""
    if feed.url:
        yield x(name, rel="self", type=content_type, href=address(feed.url))
    for url in feed.hub_urls:
        yield x(name, rel="hub", href=address(url))
    archive = {
        "current": feed.current_url,
        "prev-archive": feed.previous_archive_url,
        "next-archive": feed.next_archive_url,
    }
    for rel, url in archive.items():
        if url:
            yield x(name, rel=rel, type=content_type, href=address(url))
    if feed.current_url:
        yield x("fh:archive")


def _period(**ends: str) -> str:
    return "; ".join(f"{name}={value}" for name, value in [*ends.items(), ("scheme", "W3C-DTF")])
