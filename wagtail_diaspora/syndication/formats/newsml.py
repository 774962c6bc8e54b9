"""NewsML-G2 of the IPTC: one message with an item for each text and each picture."""

import nh3
from lxml import html
from lxml.etree import _Element

from ..entries import Entry, Feed, Publisher
from .text import address, line, stamp, tag
from .wording import body, description, remarks
from .xml import Vocabulary

__all__ = ["CONTENT_TYPE", "write_newsml"]

CONTENT_TYPE = "application/vnd.iptc.g2.newsmessage+xml"
CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"
XHTML = "http://www.w3.org/1999/xhtml"

x = Vocabulary("http://iptc.org/std/nar/2006-10-01/", h=XHTML)


def write_newsml(feed: Feed) -> bytes:
    header = x(
        "header",
        x("sent", stamp(feed.updated_at)),
        x("sender", line(feed.publisher.name)),
        x("transmitId", f"{feed.id}#{stamp(feed.updated_at)}"),
        x("origin", address(feed.url)),
    )
    items = [item for entry in feed.entries for item in (_text(feed, entry), _picture(entry))]
    return x.document(x("newsMessage", header, x("itemSet", *items)))


def _text(feed: Feed, entry: Entry) -> _Element:
    picture = None if entry.withdrawn else entry.picture
    related = picture and x("link", rel="irel:seeAlso", residref=address(picture.url))
    about = x(
        "contentMeta",
        x("contentCreated", stamp(entry.published_at)),
        x("contentModified", stamp(entry.updated_at)),
        entry.author and x("creator", x("name", line(entry.author)), literal=line(entry.author)),
        x("language", tag=tag(entry.language)),
        *(_subject(feed, topic.code, topic.name) for topic in entry.topics),
        x("headline", line(entry.title)),
        x("by", line(entry.author)),
        x("description", description(entry), role="drol:summary"),
    )
    return _item(entry, entry.urn, "ninat:text", about, _inline(entry), related)


def _picture(entry: Entry) -> _Element | None:
    picture = entry.picture
    if not picture:
        return None
    about = x(
        "contentMeta",
        x("headline", line(entry.title)),
        x("creditline", line(picture.credit)),
        x("description", line(picture.alt), role="drol:caption"),
    )
    file = x(
        "remoteContent",
        href=address(picture.url),
        contenttype=picture.content_type,
        size=picture.length,
        width=picture.width,
        height=picture.height,
        rendition="rnd:highRes",
    )
    content = None if entry.withdrawn else x("contentSet", file)
    return _item(entry, address(picture.url), "ninat:picture", about, content)


def _item(
    entry: Entry, guid: str, kind: str, about: _Element, content: _Element | None, *links: _Element | None
) -> _Element:
    return x(
        "newsItem",
        x("catalogRef", href=CATALOG),
        _rights(entry),
        _management(entry, kind, *links),
        about,
        content,
        guid=guid,
        version=entry.version,
        standard="NewsML-G2",
        standardversion="2.34",
        conformance="power",
        **{"xml:lang": tag(entry.language)},
    )


def _rights(entry: Entry) -> _Element:
    return x(
        "rightsInfo",
        x("copyrightHolder", x("name", line(entry.publisher.name)), uri=address(entry.publisher.url)),
        x("copyrightNotice", line(entry.rights)),
        x("usageTerms", line(entry.rights)),
        entry.rights_url and x("link", rel="irel:seeAlso", href=address(entry.rights_url)),
    )


def _management(entry: Entry, kind: str, *links: _Element | None) -> _Element:
    end = entry.updated_at if entry.withdrawn else entry.expires_at
    origin = entry.origin and x("link", rel="irel:derivedFrom", href=address(entry.origin.url))
    return x(
        "itemMeta",
        x("itemClass", qcode=kind),
        _provider(entry.publisher),
        x("versionCreated", stamp(entry.updated_at)),
        x("firstCreated", stamp(entry.published_at)),
        x("embargoed", stamp(entry.embargoed_until)),
        x("pubStatus", qcode="stat:canceled" if entry.withdrawn else "stat:usable"),
        x("profile", entry.kind),
        x("title", line(entry.title)),
        x("edNote", remarks(entry)),
        x("altRep", address(entry.url)),
        x("expires", stamp(end)),
        origin,
        *links,
    )


def _provider(publisher: Publisher) -> _Element:
    return x("provider", x("name", line(publisher.name)), uri=address(publisher.url))


def _subject(feed: Feed, code: str, name: str) -> _Element:
    uri = address(f"{feed.topics_url}-{code}")
    return x("subject", x("name", line(name)), type="cpnat:abstract", uri=uri)


def _inline(entry: Entry) -> _Element | None:
    """The body as XHTML: tidied first, since the parser lets names through that XML forbids."""
    markup = nh3.clean(body(entry))
    if not markup:
        return None
    words = html.fragment_fromstring(markup, create_parent="body")
    for element in words.iter():
        element.tag = f"{{{XHTML}}}{element.tag}"
    page = x("h:html", x("h:head", x("h:title", line(entry.title) or None)), words)
    return x("contentSet", x("inlineXML", page, contenttype="application/xhtml+xml"))
