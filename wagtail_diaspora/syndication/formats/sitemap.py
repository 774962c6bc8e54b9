"""The news sitemap that search engines read: what was published in the last 48 hours.

Public API: `write_news_sitemap`.
"""

from datetime import datetime, timedelta

from lxml.etree import _Element

from ..entries import Entry, Feed
from .text import address, line, stamp, tag
from .xml import Vocabulary

__all__ = ["CONTENT_TYPE", "write_news_sitemap"]

CONTENT_TYPE = "application/xml"
FRESH = timedelta(hours=48)
MOST = 1000

x = Vocabulary(
    "http://www.sitemaps.org/schemas/sitemap/0.9", news="http://www.google.com/schemas/sitemap-news/0.9"
)


def write_news_sitemap(feed: Feed, *, now: datetime | None = None) -> bytes:
    """Without `now` it is as of the feed's last change."""
    since = (now or feed.updated_at) - FRESH
    fresh = [entry for entry in feed.entries if entry.published_at >= since and not entry.withdrawn]
    return x.document(x("urlset", *map(_url, fresh[:MOST])))


def _url(entry: Entry) -> _Element:
    publication = x(
        "news:publication",
        x("news:name", line(entry.publisher.name)),
        x("news:language", tag(entry.language).partition("-")[0]),
    )
    news = x(
        "news:news",
        publication,
        x("news:publication_date", stamp(entry.published_at)),
        x("news:title", line(entry.title)),
    )
    return x("url", x("loc", address(entry.url)), x("lastmod", stamp(entry.updated_at)), news)
