"""A strict reader: what the W3C's feed validator calls an error or a warning, and our own rules.

Public API: `problems_of_rss`, `problems_of_atom`; each gives sentences, none for a sound feed.
"""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from babel import Locale
from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"
DC = "{http://purl.org/dc/elements/1.1/}"
DCTERMS = "{http://purl.org/dc/terms/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}"
    r" \d\d:\d\d:\d\d (GMT|[+-]\d{4})"
)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
PERSON = re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+ \([^()]+\)")
MIME = re.compile(r"[a-z]+/[\w.+-]+")
RELATIONS = {
    "self",
    "hub",
    "alternate",
    "license",
    "enclosure",
    "via",
    "current",
    "prev-archive",
    "next-archive",
}

CHANNEL = {
    "title", "link", "description", "language", "copyright", "managingEditor", "lastBuildDate", "generator",
    "docs", "ttl", "image", ATOM + "link", ARCHIVE, DCTERMS + "license", "item",
}  # fmt: skip
ITEM = {
    "title", "link", "guid", "pubDate", ATOM + "updated", DC + "creator", DC + "publisher", DC + "language",
    "category", "description", ENCODED, "enclosure", MEDIA + "content", DC + "rights", DCTERMS + "license",
    DCTERMS + "available", DCTERMS + "valid", "source",
}  # fmt: skip


def problems_of_rss(document: bytes) -> list[str]:
    root = etree.fromstring(document)
    channel = root[0]
    return [
        *([] if (root.tag, root.get("version"), len(root)) == ("rss", "2.0", 1) else ["not RSS 2.0"]),
        *_channel(channel),
        *(problem for item in channel.findall("item") for problem in _item(item)),
        *_repeated("guid", channel.xpath("item/guid/text()")),
    ]


def problems_of_atom(document: bytes) -> list[str]:
    feed = etree.fromstring(document)
    return [
        *([] if feed.tag == ATOM + "feed" else ["not Atom 1.0"]),
        *_feed(feed),
        *(problem for entry in feed.findall(ATOM + "entry") for problem in _entry(entry)),
        *_repeated("id", [*_ids(feed), *_refs(feed)]),
        *_relations(feed),
    ]


def _channel(channel: etree._Element) -> Iterator[str]:
    yield from _children(
        channel, CHANNEL, {"title", "link", "description", "language"}, {"item", ATOM + "link"}
    )
    yield from _matching(
        channel, {"lastBuildDate": RFC_822, "managingEditor": PERSON, "ttl": re.compile(r"[1-9]\d*")}
    )
    yield from _addresses(channel, "link", "docs", DCTERMS + "license")
    yield from _language(channel.findtext("language"))
    links = channel.findall(ATOM + "link")
    if [link.get("type") for link in links if link.get("rel") == "self"] != ["application/rss+xml"]:
        yield "no address of its own"
    yield from (f"relative {link.get('href')}" for link in links if not _absolute(link.get("href")))
    image = channel.find("image")
    if image is not None and any(
        image.findtext(name) != channel.findtext(name) for name in ("title", "link")
    ):
        yield "the logo's title and link are others than the channel's"


def _item(item: etree._Element) -> Iterator[str]:
    many = {"category", MEDIA + "content"}
    yield from _children(item, ITEM, {"title", "link", "guid", ATOM + "updated"}, many)
    yield from _matching(item, {"pubDate": RFC_822, ATOM + "updated": RFC_3339})
    yield from _addresses(item, "link", DCTERMS + "license")
    yield from _language(item.findtext(DC + "language"))
    if item.find("guid").get("isPermaLink") != "false":
        yield "a reader takes the guid for an address"
    names = [child.tag for child in item]
    if ENCODED in names and "description" in names[names.index(ENCODED) :]:
        yield "content:encoded stands before description"
    for file in item.iter("enclosure", MEDIA + "content"):
        yield from _file(file, "length" if file.tag == "enclosure" else "fileSize")
    for source in item.iter("source"):
        yield from [] if _absolute(source.get("url")) else ["source without an address"]
    yield from _markup(item.findtext(ENCODED))


def _feed(feed: etree._Element) -> Iterator[str]:
    many = {ATOM + "link", ATOM + "entry", TOMBSTONE}
    names = ["id", "title", "updated", "author", "subtitle", "rights", "logo", "generator"]
    known = {ARCHIVE, *many, *(ATOM + name for name in names)}
    yield from _children(feed, known, {ATOM + name for name in names[:4]}, many)
    yield from _matching(feed, {ATOM + "updated": RFC_3339})
    yield from _language(feed.get(LANG))
    children = [child.tag for child in feed]
    items = [place for place, name in enumerate(children) if name in (ATOM + "entry", TOMBSTONE)]
    if items and items != list(range(items[0], len(children))):
        yield "metadata stands after an entry"
    relations = [link.get("rel") for link in feed.findall(ATOM + "link")]
    yield from [] if relations.count("self") == 1 else ["no address of its own"]
    if (ARCHIVE in children) != ("current" in relations):
        yield "an archive does not lead to the feed"
    for grave in feed.iter(TOMBSTONE):
        yield from [] if RFC_3339.fullmatch(grave.get("when", "")) else ["a tombstone without a time"]


def _entry(entry: etree._Element) -> Iterator[str]:
    needed = {ATOM + name for name in ("id", "title", "updated", "author")}
    known = needed | {
        MEDIA + "content",
        DCTERMS + "available",
        DCTERMS + "valid",
        *(ATOM + name for name in ("published", "link", "category", "summary", "content", "rights")),
        ATOM + "source",
    }
    many = {ATOM + "link", ATOM + "category", MEDIA + "content"}
    yield from _children(entry, known, needed, many)
    yield from _matching(entry, {ATOM + "updated": RFC_3339, ATOM + "published": RFC_3339})
    yield from [] if entry.findtext(f"{ATOM}author/{ATOM}name") else ["an author without a name"]
    yield from _language(entry.get(LANG))
    links = entry.findall(ATOM + "link")
    yield from _repeated("alternate", [link.get("rel") for link in links if link.get("rel") == "alternate"])
    if entry.find(ATOM + "content") is None and "alternate" not in [link.get("rel") for link in links]:
        yield "neither content nor alternate"
    for source in entry.iter(ATOM + "source"):
        about = {ATOM + name for name in ("id", "title", "updated")}
        yield from _children(source, {*about, ATOM + "link"}, about, {ATOM + "link"})
        yield from _matching(source, {ATOM + "updated": RFC_3339})
    for file in entry.iter(MEDIA + "content"):
        yield from _file(file, "fileSize")
    for link in links:
        yield from _file(link, "length") if link.get("rel") == "enclosure" else []
    yield from _markup(entry.findtext(ATOM + "content"))


def _relations(feed: etree._Element) -> Iterator[str]:
    for link in feed.iter(ATOM + "link"):
        yield from [] if link.get("rel") in RELATIONS else [f"unknown relation {link.get('rel')}"]
        yield from [] if _absolute(link.get("href")) else [f"relative {link.get('href')}"]


def _ids(feed: etree._Element) -> list[str]:
    """Not those of sources: entries may be from the same one."""
    return [one.findtext(ATOM + "id") for one in (feed, *feed.findall(ATOM + "entry"))]


def _refs(feed: etree._Element) -> list[str]:
    return [grave.get("ref") for grave in feed.iter(TOMBSTONE)]


def _children(parent: etree._Element, known: set, needed: set, many: set) -> Iterator[str]:
    counted = Counter(child.tag for child in parent)
    yield from (f"unknown {name} in {parent.tag}" for name in counted.keys() - known)
    yield from (f"no {name} in {parent.tag}" for name in needed - counted.keys())
    yield from (f"{name} more than once" for name, n in counted.items() if n > 1 and name not in many)
    yield from (
        f"empty {child.tag}"
        for child in parent
        if not len(child) and not (child.text or child.attrib or child.tag == ARCHIVE)
    )


def _matching(parent: etree._Element, patterns: dict[str, re.Pattern]) -> Iterator[str]:
    for name, pattern in patterns.items():
        for text in (child.text or "" for child in parent.findall(name)):
            yield from [] if pattern.fullmatch(text) else [f"{name}: {text}"]


def _addresses(parent: etree._Element, *names: str) -> Iterator[str]:
    texts = (child.text for name in names for child in parent.findall(name))
    yield from (f"relative {text}" for text in texts if not _absolute(text))


def _file(file: etree._Element, length: str) -> Iterator[str]:
    url = file.get("url") or file.get("href")
    yield from [] if _absolute(url) else [f"relative {url}"]
    yield from [] if int(file.get(length, "0")) > 0 else [f"no length of {url}"]
    yield from [] if MIME.fullmatch(file.get("type", "")) else [f"no type of {url}"]
    if "webp" in file.get("type", "") or file.findall(f".//{MEDIA}thumbnail"):
        yield f"a newsroom cannot use {url}"


def _markup(markup: str | None) -> Iterator[str]:
    if markup:
        links = html.fragment_fromstring(markup, create_parent="div").iterlinks()
        yield from (f"relative {url}" for _e, _a, url, _p in links if not _absolute(url))


def _absolute(url: str | None) -> bool:
    parts = urlsplit(url or "")
    return (
        bool(url)
        and url.isascii()
        and parts.scheme in ("http", "https")
        and bool(parts.netloc)
        and " " not in url
    )


def _language(tag: str | None) -> Iterator[str]:
    try:
        Locale.parse(tag, sep="-")
    except (TypeError, ValueError):
        yield f"no language: {tag}"


def _repeated(name: str, values: list[str]) -> Iterator[str]:
    yield from (f"{name} {value} twice" for value, count in Counter(values).items() if count > 1)
