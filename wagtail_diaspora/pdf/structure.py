"""The tree of headings, paragraphs, tables and figures that a screen reader reads (ISO 14289-1)."""

from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject, PDFString


@dataclass
class Element:
    """`kids` are elements, or (page, mark) of content on a page; both count from 0."""

    kind: str
    kids: list[Any] = field(default_factory=list)
    alt: str = ""
    attributes: str = ""

    def add(self, kind: str, **options: str) -> "Element":
        kid = Element(kind, **options)
        self.kids.append(kid)
        return kid


class Raw(PDFObject):
    """An object of the file as the bytes that stand there."""

    __RefOnly__ = 1
    content = b""

    def format(self, document: Any) -> bytes:
        return self.content


class Tree:
    """Writes the elements into a reportlab document."""

    def __init__(self, root: Element):
        self.root = root

    def write(self, document: Any, pages: list[str]) -> str:
        """Returns the reference of the StructTreeRoot; `pages` are the references of the pages."""
        self.document, self.pages = document, pages
        self.parents: list[dict[int, str]] = [{} for _page in pages]
        top, _raw = self._new()
        self.document.idToObject[top].content = self._content(top)
        return top

    def _content(self, top: str) -> bytes:
        kid = self._element(self.root, self._ref(top))
        nums = " ".join(
            f"{page} [{' '.join(marks[mark] for mark in sorted(marks))}]"
            for page, marks in enumerate(self.parents)
        )
        return (
            f"<< /Type /StructTreeRoot /K [{kid}] /ParentTree << /Nums [{nums}] >> "
            f"/ParentTreeNextKey {len(self.pages)} >>"
        ).encode()

    def _element(self, element: Element, parent: str) -> str:
        name, raw = self._new()
        own = self._ref(name)
        kids = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(self._element(kid, own))
            else:
                page, mark = kid
                self.parents[page][mark] = own
                kids.append(f"<< /Type /MCR /Pg {self.pages[page]} /MCID {mark} >>")
        alt = b" /Alt " + PDFString(element.alt).format(self.document) if element.alt else b""
        more = f" /A {element.attributes}" if element.attributes else ""
        raw.content = (
            f"<< /Type /StructElem /S /{element.kind} /P {parent} /K [{' '.join(kids)}]{more}".encode()
            + alt
            + b" >>"
        )
        return own

    def _new(self) -> tuple[str, Raw]:
        raw = Raw()
        return self.document.Reference(raw).name, raw

    def _ref(self, name: str) -> str:
        return "{} {} R".format(*self.document.idToObjectNumberAndVersion[name])
