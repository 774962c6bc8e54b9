"""JSON Feed 1.1; `_diaspora` has what newsrooms need and the standard has no word for."""

from typing import Any

from ..entries import Entry, Feed, Picture, Publisher, Sound
from .text import address, line, stamp, tag
from .values import document
from .wording import body, description

__all__ = ["CONTENT_TYPE", "write_json_feed"]

CONTENT_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def write_json_feed(feed: Feed) -> bytes:
    return document(_about(feed), items=[_item(entry) for entry in feed.entries])


def _about(feed: Feed) -> dict[str, Any]:
    return {
        "version": VERSION,
        "title": line(feed.title),
        "home_page_url": address(feed.home_url),
        "feed_url": address(feed.url),
        "description": line(feed.subtitle),
        "next_url": address(feed.previous_archive_url),
        "icon": address(feed.logo_url),
        "authors": [_author(feed.publisher)],
        "language": tag(feed.language),
        "hubs": [{"type": "WebSub", "url": address(url)} for url in feed.hub_urls],
        "_diaspora": {
            "about": address(feed.home_url),
            "id": feed.id,
            "updated_at": stamp(feed.updated_at),
            "rights": line(feed.rights),
            "rights_url": address(feed.rights_url),
            "contact": _contact(feed.publisher),
            "current_url": address(feed.current_url),
            "newer_url": address(feed.next_archive_url),
        },
    }


def _item(entry: Entry) -> dict[str, Any]:
    markup, text = body(entry), description(entry)
    item = {
        "id": entry.urn,
        "url": address(entry.url),
        "title": line(entry.title),
        "content_html": markup,
        "content_text": "" if markup else text or line(entry.title),
        "summary": text,
        "date_published": stamp(entry.published_at),
        "date_modified": stamp(entry.updated_at),
        "authors": [_author(entry.publisher, entry.author)],
        "tags": [line(topic.name) for topic in entry.topics],
        "language": tag(entry.language),
        "_diaspora": _facts(entry),
    }
    return item if entry.withdrawn else item | _files(entry)


def _author(publisher: Publisher, name: str = "") -> dict[str, Any]:
    return {"name": line(name or publisher.name), "url": address(publisher.url)}


def _files(entry: Entry) -> dict[str, Any]:
    files = filter(None, [entry.picture, entry.sound])
    return {
        "image": entry.picture and address(entry.picture.url),
        "attachments": [_attachment(file) for file in files],
    }


def _attachment(file: Picture | Sound) -> dict[str, Any]:
    return {
        "url": address(file.url),
        "mime_type": file.content_type,
        "size_in_bytes": file.length,
        "duration_in_seconds": getattr(file, "seconds", 0) or None,
    }


def _facts(entry: Entry) -> dict[str, Any]:
    facts = {
        "version": entry.version,
        "kind": entry.kind,
        "corrected": entry.corrected,
        "withdrawn": entry.withdrawn,
        "note": line(entry.note) if entry.corrected or entry.withdrawn else "",
        "embargoed_until": stamp(entry.embargoed_until),
        "expires_at": stamp(entry.expires_at),
        "rights": line(entry.rights),
        "rights_url": address(entry.rights_url),
        "contact": _contact(entry.publisher),
        "origin": entry.origin and _origin(entry),
        "topics": [{"code": topic.code, "name": line(topic.name)} for topic in entry.topics],
    }
    return facts if entry.withdrawn else facts | _more(entry)


def _more(entry: Entry) -> dict[str, Any]:
    return {
        "picture": entry.picture and _caption(entry.picture),
        "radio_script": entry.radio_script,
        "pronunciation": entry.pronunciation,
        "reading_seconds": entry.reading_seconds or None,
        "happening": entry.happening and _happening(entry),
    }


def _contact(publisher: Publisher) -> dict[str, Any]:
    return {
        "name": line(publisher.name),
        "url": address(publisher.url),
        "email": line(publisher.email),
        "phone": line(publisher.phone),
    }


def _origin(entry: Entry) -> dict[str, Any]:
    origin = entry.origin
    return {
        "name": line(origin.name),
        "url": address(origin.url),
        "feed_url": address(origin.feed_url),
    }


def _caption(picture: Picture) -> dict[str, Any]:
    return {
        "alt": line(picture.alt),
        "credit": line(picture.credit),
        "width": picture.width,
        "height": picture.height,
    }


def _happening(entry: Entry) -> dict[str, Any]:
    happening = entry.happening
    return {
        "starts_at": stamp(happening.starts_at),
        "ends_at": stamp(happening.ends_at),
        "place": line(happening.place),
    }
