"""RSS and Atom, by feedparser, and what it leaves out: tombstones, and dates of validity without a key.

Public API: `read`.
"""

import io
from typing import Any

import feedparser

from .cleaning import escaped, words_of
from .errors import FeedUnreadable
from .links import Links
from .making import make_feed
from .marks import Marks, find_marks
from .results import Raw, RemoteFeed

__all__ = ["read"]

MOST_TAGS = 30_000
"""More than any newspaper has; each takes feedparser as long as a hundred letters."""


def read(body: bytes, *, url: str, content_type: str, links: Links) -> RemoteFeed:
    """Never gives feedparser bytes, which it takes for the name of a file or an address."""
    if body.count(b"<") > MOST_TAGS:
        raise FeedUnreadable
    parsed = feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-type": content_type, "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=True,
    )
    if not parsed.get("version") and not parsed.entries:
        raise FeedUnreadable
    marks, feed = find_marks(body), parsed.feed
    return make_feed(
        [*parsed.entries, *marks.tombstones],
        lambda item: item if isinstance(item, Raw) else _raw(item, marks, feed),
        base=url,
        title=feed.get("title"),
        home_url=feed.get("link"),
        language=feed.get("language"),
        hub_urls=[*links.hubs, *_linked(feed, "hub")],
        self_url=links.self or next(iter(_linked(feed, "self")), ""),
    )


def _raw(item: Any, marks: Marks, feed: Any) -> Raw:
    content, source = _content(item), item.get("source") or _via(item)
    is_html, withdrawn = "html" in content.get("type", "html"), marks.says_over(item)
    return Raw(
        guid=item.get("id"),
        url=item.get("link"),
        title=item.get("title"),
        title_is_html="html" in item.get("title_detail", {}).get("type", ""),
        summary=_summary(item),
        html=content.get("value") if is_html else "",
        text="" if is_html else content.get("value"),
        language=content.get("language") or item.get("title_detail", {}).get("language") or "",
        author=item.get("author"),
        picture_url=_picture(item),
        picture=_jpeg(item),
        email=item.get("author_detail", {}).get("email"),
        **_rights(item, {} if source.get("title") or source.get("link") else feed),
        published=item.get("published_parsed"),
        updated=dict.get(item, "updated_parsed"),  # feedparser's own `get` takes another date for it
        topics=[tag.get("label") or tag.get("term") for tag in item.get("tags", ())],
        source_name=source.get("title"),
        source_url=source.get("link"),
        source_feed_url=source.get("href") or next(iter(_linked(source, "self")), ""),
        withdrawn=withdrawn,
        note=words_of(_summary(item), 1000) if withdrawn else "",
        embargoed_until=item.get("dcterms_available"),
    )


def _summary(item: Any) -> str:
    is_plain = item.get("summary_detail", {}).get("type") == "text/plain"
    return escaped(item.get("summary")) if is_plain else item.get("summary", "")


def _content(item: Any) -> Any:
    """HTML before other types."""
    found = item.get("content") or [{}]
    return next((content for content in found if "html" in content.get("type", "")), found[0])


def _picture(item: Any) -> Any:
    named = (*item.get("enclosures", ()), *item.get("media_content", ()))
    pictures = [one for one in named if (one.get("type") or one.get("medium") or "").startswith("image")]
    first = next(iter((*pictures, *item.get("media_thumbnail", ()))), {})
    return first.get("href") or first.get("url")


def _jpeg(item: Any) -> dict[str, Any]:
    """As Media RSS says it."""
    file = next((one for one in item.get("media_content", ()) if one.get("medium") == "image"), {})
    credit = next((one.get("content") for one in item.get("media_credit", ())), "")
    return dict(file) | {"length": file.get("filesize"), "credit": credit}


def _rights(item: Any, feed: Any) -> dict[str, Any]:
    """As the entry says, else the feed; what a feed passes on is not under its own licence."""
    for thing in (item, feed):
        url = next(iter(_linked(thing, "license")), "") or thing.get("dcterms_license") or ""
        if thing.get("rights") or url:
            return {"rights": thing.get("rights"), "rights_url": url}
    return {}


def _via(item: Any) -> Any:
    """Atom's other way to say whose it was first."""
    via = next((link for link in item.get("links", ()) if link.get("rel") == "via"), {})
    return {"title": via.get("title"), "link": via.get("href")}


def _linked(thing: Any, rel: str) -> list[Any]:
    return [link.get("href") for link in thing.get("links", ()) if link.get("rel") == rel]
