"""RSS 2.0 with Media RSS, Dublin Core and the links of Atom."""

import re
from html import escape

from lxml.etree import _Element

from ..entries import Entry, Feed
from .extensions import NAMESPACES, enclosed, links, media, periods
from .text import address, line, mail_date, mailbox, stamp, tag
from .wording import body, description
from .xml import Vocabulary

__all__ = ["CONTENT_TYPE", "ELEMENT", "write_rss"]

CONTENT_TYPE = "application/rss+xml"
ELEMENT = re.compile(rb"<item>[^<]*(?:<(?!/item>)[^<]*)*</item>")
DOCS = "https://www.rssboard.org/rss-specification"
GENERATOR = "wagtail-diaspora"
MINUTES_TO_KEEP = "30"

x = Vocabulary(
    atom="http://www.w3.org/2005/Atom",
    content="http://purl.org/rss/1.0/modules/content/",
    dc="http://purl.org/dc/elements/1.1/",
    **NAMESPACES,
)


def write_rss(feed: Feed) -> bytes:
    channel = x("channel", *_about(feed), *(_item(feed, entry) for entry in feed.entries))
    return x.document(x("rss", channel, version="2.0"))


def _about(feed: Feed) -> list[_Element | None]:
    return [
        x("title", line(feed.title)),
        x("link", address(feed.home_url)),
        x("description", line(feed.subtitle or feed.title)),
        x("language", tag(feed.language)),
        x("copyright", line(feed.rights)),
        x("managingEditor", mailbox(feed.publisher)),
        x("lastBuildDate", mail_date(feed.updated_at)),
        x("generator", GENERATOR),
        x("docs", DOCS),
        x("ttl", MINUTES_TO_KEEP),
        _logo(feed),
        *links(x, "atom:link", feed, CONTENT_TYPE),
        x("dcterms:license", address(feed.rights_url)),
    ]


def _logo(feed: Feed) -> _Element | None:
    return feed.logo_url and x(
        "image",
        x("url", address(feed.logo_url)),
        x("title", line(feed.title)),
        x("link", address(feed.home_url)),
    )


def _item(feed: Feed, entry: Entry) -> _Element:
    return x(
        "item",
        x("title", line(entry.title)),
        x("link", address(entry.url)),
        x("guid", entry.urn, isPermaLink="false"),
        x("pubDate", mail_date(entry.published_at)),
        x("atom:updated", stamp(entry.updated_at)),
        x("dc:creator", line(entry.author or entry.publisher.name)),
        x("dc:publisher", line(entry.publisher.name)),
        x("dc:language", tag(entry.language)),
        *(x("category", line(topic.name), domain=address(feed.topics_url)) for topic in entry.topics),
        x("description", _as_html(description(entry))),
        x("content:encoded", body(entry)),
        _enclosure(entry),
        *media(x, entry),
        x("dc:rights", line(entry.rights)),
        x("dcterms:license", address(entry.rights_url)),
        *periods(x, entry),
        _source(entry),
    )


def _as_html(text: str) -> str:
    """RSS reads a description as HTML: `R & D` stays that only when it is escaped once more."""
    return escape(text, quote=False)


def _enclosure(entry: Entry) -> _Element | None:
    file = enclosed(entry)
    return file and x("enclosure", url=address(file.url), length=file.length, type=file.content_type)


def _source(entry: Entry) -> _Element | None:
    origin = entry.origin
    return origin and x("source", line(origin.name), url=address(origin.feed_url or origin.url))
