"""ninjs 3.1 of the IPTC: news in JSON, with other names and lists where 1.6 has keys.

A feed is an item of the type `composite`, as in 1.6.
"""

from typing import Any

from ..entries import Entry, Feed, Happening, Picture, Publisher, Sound
from .text import address, clean, line, stamp, tag
from .values import document
from .wording import body, description, remarks

__all__ = ["CONTENT_TYPE", "write_ninjs3"]

CONTENT_TYPE = "application/json"
STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}


def write_ninjs3(feed: Feed) -> bytes:
    return document({**_about(feed), "associations": [_item(entry) for entry in feed.entries]})


def _about(feed: Feed) -> dict[str, Any]:
    return {
        "standard": STANDARD,
        "uri": feed.id,
        "type": "composite",
        "profile": "feed",
        "versionCreated": stamp(feed.updated_at),
        "language": tag(feed.language),
        "title": line(feed.title),
        "descriptions": [_text("summary", line(feed.subtitle))],
        "copyrightHolder": line(feed.publisher.name),
        "infoSources": [_source(feed.publisher)],
        "altIds": [feed.url and _also("url", feed.url), _also("web", feed.home_url)],
        **_rights(feed),
    }


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "name": line(entry.title) or entry.urn,
        "rel": "item",
        "uri": entry.urn,
        "type": "text",
        "representationType": "full",
        "profile": entry.kind,
        "version": str(entry.version),
        "firstCreated": stamp(entry.published_at),
        "versionCreated": stamp(entry.updated_at),
        "pubStatus": "canceled" if entry.withdrawn else "usable",
        "embargoedUntil": stamp(entry.embargoed_until),
        "expires": stamp(entry.updated_at if entry.withdrawn else entry.expires_at),
        "language": tag(entry.language),
        "headlines": [_text("main", line(entry.title))],
        "by": line(entry.author),
        "descriptions": [_text("summary", description(entry))],
        "edNote": remarks(entry),
        "copyrightHolder": line(entry.publisher.name),
        "subjects": [{"name": line(topic.name), "literal": line(topic.code)} for topic in entry.topics],
        "infoSources": [_source(entry.publisher), entry.origin and _origin(entry)],
        "altIds": [_also("web", entry.url)],
        **_rights(entry),
    }
    return item if entry.withdrawn else item | _content(entry)


def _content(entry: Entry) -> dict[str, Any]:
    happening = entry.happening
    return {
        "bodies": [_text("main", body(entry), "text/html"), *_radio(entry)],
        "events": [happening and {"name": line(entry.title)}],
        "eventDetails": happening and {"dates": _dates(happening)},
        "places": [happening and {"name": line(happening.place)}],
        "associations": [
            entry.picture and _picture(entry.picture),
            entry.sound and _audio(entry.sound),
        ],
    }


def _radio(entry: Entry) -> list[dict[str, str]]:
    """What is read aloud, and how the names in it are spoken."""
    spoken = _text("pronunciation", clean(entry.pronunciation))
    return [_text("radio", clean(entry.radio_script)), spoken]


def _text(role: str, value: str, content_type: str = "text/plain") -> dict[str, str]:
    return {"role": role, "contentType": content_type, "value": value} if value else {}


def _also(role: str, url: str) -> dict[str, str]:
    return {"role": role, "value": address(url)}


def _rights(of: Feed | Entry) -> dict[str, Any]:
    return {
        "copyrightNotice": line(of.rights),
        "usageTerms": line(of.rights),
        "rightsInfo": {"linkedRights": address(of.rights_url)},
    }


def _source(publisher: Publisher) -> dict[str, Any]:
    means = {"email": line(publisher.email), "phone": line(publisher.phone), "web": address(publisher.url)}
    contact = [{"type": kind, "value": value} for kind, value in means.items() if value]
    return {"name": line(publisher.name), "role": "publisher", "contactInfo": contact}


def _origin(entry: Entry) -> dict[str, Any]:
    return {"name": line(entry.origin.name), "role": "origin", "uri": address(entry.origin.url)}


def _dates(happening: Happening) -> dict[str, str]:
    return {"startDate": stamp(happening.starts_at), "endDate": stamp(happening.ends_at)}


def _picture(picture: Picture) -> dict[str, Any]:
    size = {"width": picture.width, "height": picture.height}
    return {
        **_file("picture", picture, size),
        "by": line(picture.credit),
        "descriptions": [_text("caption", line(picture.alt))],
    }


def _audio(sound: Sound) -> dict[str, Any]:
    return _file("audio", sound, {"duration": sound.seconds or None})


def _file(kind: str, file: Picture | Sound, measures: dict[str, Any]) -> dict[str, Any]:
    original = {
        "name": "original",
        "href": address(file.url),
        "contentType": file.content_type,
        "sizeInBytes": file.length,
    }
    url = address(file.url)
    return {"name": kind, "rel": kind, "uri": url, "type": kind, "renditions": [original | measures]}
