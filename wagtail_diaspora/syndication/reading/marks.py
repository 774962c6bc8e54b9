"""What says that an entry was withdrawn: tombstones (RFC 6721) and a `dcterms:valid` that is over.

Public API: `Marks`, `find_marks`. Only well-formed documents are searched, and only if they may have any.
"""

from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .cleaning import is_past
from .embargoes import period
from .results import Raw

__all__ = ["Marks", "find_marks"]

TOMBSTONES = "{http://purl.org/atompub/tombstones/1.0}"
VALID = "{http://purl.org/dc/terms/}valid"
ENTRIES = ("item", "entry")
NAMES = ("guid", "id", "link")
"""In this order: two entries may have one address."""
MOST = 200


@dataclass(frozen=True)
class Marks:
    tombstones: list[Raw] = field(default_factory=list)
    over: set[str] = field(default_factory=set)
    """Names of entries of which the time is over."""

    def says_over(self, item: Any) -> bool:
        return (item.get("id") or item.get("link") or "") in self.over


def find_marks(body: bytes) -> Marks:
    marks = Marks()
    if b"tombstones" not in body and b"purl.org/dc/terms" not in body:
        return marks
    try:
        root = fromstring(body)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return marks
    for element in root.iter():
        name = _local(element)
        if element.tag == f"{TOMBSTONES}deleted-entry" and len(marks.tombstones) < MOST:
            marks.tombstones.append(_tombstone(element))
        elif name in ENTRIES and _is_over(element):
            marks.over.add(_name(element))
    return marks


def _name(element: Element) -> str:
    said = {_local(part): (part.text or part.get("href") or "").strip() for part in element}
    return next(filter(None, (said.get(name) for name in NAMES)), "-")


def _tombstone(element: Element) -> Raw:
    note = element.findtext(f"{TOMBSTONES}comment", "")
    return Raw(guid=element.get("ref"), updated=element.get("when"), note=note, withdrawn=True)


def _is_over(element: Element) -> bool:
    return is_past(period(element.findtext(VALID, ""), "end"))


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
