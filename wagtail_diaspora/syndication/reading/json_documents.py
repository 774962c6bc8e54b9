"""JSON Feed 1.1, and ninjs 1.x and 3.x.

Public API: `read`.
"""

import json
import re
from functools import partial
from typing import Any

from . import ninjs
from .cleaning import dicts, escaped, named, plain, words_of
from .errors import FeedUnreadable
from .links import Links
from .making import make_feed
from .results import Raw, RemoteFeed

__all__ = ["read"]

OURS = "_diaspora"
REMARK = re.compile(r"\s*<p><strong>([^<]*)</strong></p>\s*")
"""Where our own feeds say at the head of a text what was wrong."""
LONGEST_LABEL = 40


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
        partial(_raw, about=named(document, OURS)),
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


def _raw(item: dict[str, Any], *, about: dict[str, Any]) -> Raw:
    """`about` is what the feed says of all its items."""
    ours = named(item, OURS)
    origin, contact = named(ours, "origin"), named(ours, "contact")
    authors = [*dicts(item.get("authors")), *dicts([item.get("author")])]
    note = plain(ours.get("note"), 1000) if ours.get("corrected") is True else ""
    licensed = ours if ours.get("rights") or origin else about
    return Raw(
        guid=item.get("id"),
        kind=ours.get("kind"),
        version=ours.get("version"),
        url=item.get("url") or item.get("external_url"),
        title=item.get("title"),
        summary=escaped(_after(note, item.get("summary"))),
        html=_body(item.get("content_html"), note),
        text=item.get("content_text"),
        language=item.get("language", ""),
        author=", ".join(str(author["name"]) for author in authors[:5] if author.get("name")),
        picture_url=item.get("image") or item.get("banner_image"),
        picture=_picture(item, named(ours, "picture")),
        rights=escaped(licensed.get("rights")),
        rights_url=licensed.get("rights_url"),
        email=contact.get("email"),
        phone=contact.get("phone"),
        published=item.get("date_published"),
        updated=item.get("date_modified"),
        topics=[*_tags(item), *(topic.get("code") for topic in dicts(ours.get("topics")))],
        source_name=origin.get("name"),
        source_url=origin.get("url"),
        source_feed_url=origin.get("feed_url"),
        corrected=ours.get("corrected") is True,
        withdrawn=ours.get("withdrawn") is True,
        note=ours.get("note"),
        embargoed_until=ours.get("embargoed_until"),
    )


def _tags(item: dict[str, Any]) -> list[Any]:
    return item["tags"] if isinstance(item.get("tags"), list) else []


def _body(html: Any, note: str) -> Any:
    """Without the remark about a correction, which is kept apart, and is said again by whoever shows it."""
    found = REMARK.match(html) if note and isinstance(html, str) else None
    return html[found.end() :] if found and words_of(found[1], 2000).endswith(note) else html


def _after(note: str, summary: Any) -> Any:
    """The same for the summary."""
    label, said, rest = plain(summary, 3000).partition(note) if note else ("", "", "")
    return rest.strip() if said and len(label) <= LONGEST_LABEL else summary


def _picture(item: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """What an attachment and our own words say together about the item's picture."""
    same = (one for one in dicts(item.get("attachments")) if one.get("url") == item.get("image"))
    file = next(same, {})
    return said | {"url": file.get("url"), "type": file.get("mime_type"), "length": file.get("size_in_bytes")}
