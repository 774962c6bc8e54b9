"""Lists of feeds in OPML 2.0.

Public API: `read_list`, `Listed`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .cleaning import absolute, plain
from .errors import NoList

__all__ = ["Listed", "read_list"]

MOST = 500


@dataclass(frozen=True)
class Listed:
    name: str
    feed_url: str
    home_url: str


def read_list(body: bytes) -> list[Listed]:
    """Each feed once, and 500 at most. Raises NoList."""
    try:
        root = fromstring(body)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise NoList from error
    if str(root.tag).lower() != "opml":
        raise NoList
    found = {listed.feed_url: listed for listed in _outlines(root)}
    return list(found.values())[:MOST]


def _outlines(root: Element) -> Iterator[Listed]:
    for outline in root.iter("outline"):
        said = {name.lower(): value for name, value in outline.attrib.items()}
        feed_url = absolute(said.get("xmlurl"))
        if feed_url:
            name = plain(said.get("title") or said.get("text"), 160)
            yield Listed(name, feed_url, absolute(said.get("htmlurl")))
