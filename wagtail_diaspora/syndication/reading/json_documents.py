"""JSON Feed 1.1, and ninjs 1.x and 3.x.

Public API: `read`.
"""

import json
from typing import Any

from . import ninjs
from .cleaning import dicts, escaped
from .errors import FeedUnreadable
from .links import Links
from .making import make_feed
from .results import Raw, RemoteFeed

__all__ = ["read"]

OURS = "_diaspora"


def read(body: bytes, *, url: str, links: Links) -> RemoteFeed:
    document = _parsed(body)
    items = ninjs.items_of(document)
    if items:
        return make_feed(items, ninjs.raw, base=url, hub_urls=links.hubs, **ninjs.about(document))
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise FeedUnreadable
    hubs = [hub.get("url") for hub in dicts(document.get("hubs"))]
    return make_feed(
        document["items"],
        _raw,
        base=url,
        title=document.get("title"),
        home_url=document.get("home_page_url"),
        language=document.get("language", ""),
        hub_urls=[*links.hubs, *hubs],
        self_url=links.self or document.get("feed_url"),
    )


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except UnicodeDecodeError:
        return json.loads(body.decode("utf-8", "replace"))


def _raw(item: dict[str, Any]) -> Raw:
    ours = item.get(OURS) if isinstance(item.get(OURS), dict) else {}
    origin = ours.get("origin") if isinstance(ours.get("origin"), dict) else {}
    authors = [*dicts(item.get("authors")), *dicts([item.get("author")])]
    return Raw(
        guid=item.get("id"),
        url=item.get("url") or item.get("external_url"),
        title=item.get("title"),
        summary=escaped(item.get("summary")),
        html=item.get("content_html"),
        text=item.get("content_text"),
        language=item.get("language", ""),
        author=", ".join(str(author["name"]) for author in authors[:5] if author.get("name")),
        picture_url=item.get("image") or item.get("banner_image"),
        published=item.get("date_published"),
        updated=item.get("date_modified"),
        topics=item.get("tags"),
        source_name=origin.get("name"),
        source_url=origin.get("url"),
        source_feed_url=origin.get("feed_url"),
        corrected=ours.get("corrected") is True,
        withdrawn=ours.get("withdrawn") is True,
        note=ours.get("note"),
    )
