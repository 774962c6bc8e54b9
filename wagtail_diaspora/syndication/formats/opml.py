"""OPML 2.0: a list of feeds that a reader takes over at once.

Public API: `Outline`, `write_opml`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml.etree import _Element

from .text import address, line, tag
from .xml import Vocabulary

__all__ = ["CONTENT_TYPE", "Outline", "write_opml"]

CONTENT_TYPE = "text/x-opml"

x = Vocabulary()


@dataclass(frozen=True, kw_only=True)
class Outline:
    """One feed, or without `feed_url` a heading above `outlines`."""

    title: str
    feed_url: str = ""
    home_url: str = ""
    description: str = ""
    language: str = ""
    outlines: tuple["Outline", ...] = ()


def write_opml(title: str, outlines: Iterable[Outline]) -> bytes:
    head = x("head", x("title", line(title)), x("docs", "http://opml.org/spec2.opml"))
    return x.document(x("opml", head, x("body", *map(_outline, outlines)), version="2.0"))


def _outline(outline: Outline) -> _Element:
    title = line(outline.title)
    return x(
        "outline",
        *map(_outline, outline.outlines),
        text=title,
        title=title,
        type=outline.feed_url and "rss",
        xmlUrl=address(outline.feed_url),
        htmlUrl=address(outline.home_url),
        description=line(outline.description),
        language=tag(outline.language),
    )
