"""ninjs 1.6 of the IPTC: news in JSON.

A ninjs object is one item, so a feed is an item of the type `composite` whose associations are the news,
the newest first: the whole validates against the IPTC's schema, which a bare list would not.
"""

from typing import Any

from ..entries import Entry, Feed, Picture, Publisher, Sound
from .text import address, line, stamp, tag
from .values import document
from .wording import body, description, remarks

__all__ = ["CONTENT_TYPE", "write_ninjs1"]

CONTENT_TYPE = "application/json"
STANDARD = {
    "name": "ninjs",
    "version": "1.6",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_1.6.json",
}


def write_ninjs1(feed: Feed) -> bytes:
    items = {f"item_{number}": _item(feed, entry) for number, entry in enumerate(feed.entries, start=1)}
    return document({**_about(feed), "associations": items})


def _about(feed: Feed) -> dict[str, Any]:
    return {
        "$standard": STANDARD,
        "uri": feed.id,
        "type": "composite",
        "profile": "feed",
        "versioncreated": stamp(feed.updated_at),
        "language": tag(feed.language),
        "title": line(feed.title),
        "description_text": line(feed.subtitle),
        "copyrightholder": line(feed.publisher.name),
        "infosource": [_source(feed.publisher)],
        "altids": {"url": address(feed.url), "web": address(feed.home_url)},
        **_rights(feed),
    }


def _item(feed: Feed, entry: Entry) -> dict[str, Any]:
    item = {
        "uri": entry.urn,
        "type": "text",
        "mimetype": "text/html",
        "representationtype": "complete",
        "profile": entry.kind,
        "version": str(entry.version),
        "firstcreated": stamp(entry.published_at),
        "versioncreated": stamp(entry.updated_at),
        "pubstatus": "canceled" if entry.withdrawn else "usable",
        "embargoed": stamp(entry.embargoed_until),
        "expires": stamp(entry.updated_at if entry.withdrawn else entry.expires_at),
        "language": tag(entry.language),
        "headline": line(entry.title),
        "byline": line(entry.author),
        "description_text": description(entry),
        "ednote": remarks(entry),
        "copyrightholder": line(entry.publisher.name),
        "subject": [_subject(feed, topic.code, topic.name) for topic in entry.topics],
        "infosource": [_source(entry.publisher), entry.origin and _origin(entry)],
        "altids": {"web": address(entry.url)},
        **_rights(entry),
    }
    return item if entry.withdrawn else item | _content(entry)


def _content(entry: Entry) -> dict[str, Any]:
    return {
        "body_html": body(entry),
        "body_radio": entry.radio_script,
        "body_pronunciation": entry.pronunciation,
        "event": [entry.happening and {"name": line(entry.title)}],
        "place": [entry.happening and {"name": line(entry.happening.place)}],
        "associations": {
            "picture": entry.picture and _picture(entry.picture),
            "audio": entry.sound and _audio(entry.sound),
        },
    }


def _rights(of: Feed | Entry) -> dict[str, Any]:
    return {
        "copyrightnotice": line(of.rights),
        "usageterms": line(of.rights),
        "rightsinfo": {"linkedrights": address(of.rights_url)},
    }


def _subject(feed: Feed, code: str, name: str) -> dict[str, str]:
    return {"name": line(name), "scheme": address(feed.topics_url), "code": line(code)}


def _source(publisher: Publisher) -> dict[str, Any]:
    means = {"email": line(publisher.email), "phone": line(publisher.phone), "web": address(publisher.url)}
    contact = [{"type": kind, "value": value} for kind, value in means.items() if value]
    return {"name": line(publisher.name), "rel": "publisher", "contactinfo": contact}


def _origin(entry: Entry) -> dict[str, Any]:
    contact = [{"type": "web", "value": address(entry.origin.url)}]
    return {"name": line(entry.origin.name), "rel": "origin", "contactinfo": contact}


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "uri": address(picture.url),
        "type": "picture",
        "byline": line(picture.credit),
        "description_text": line(picture.alt),
        "renditions": {
            "original": {**_file(picture), "width": picture.width, "height": picture.height},
        },
    }


def _audio(sound: Sound) -> dict[str, Any]:
    original = {**_file(sound), "duration": sound.seconds or None}
    return {"uri": address(sound.url), "type": "audio", "renditions": {"original": original}}


def _file(file: Picture | Sound) -> dict[str, Any]:
    return {"href": address(file.url), "mimetype": file.content_type, "sizeinbytes": file.length}
