"""A paper from top to bottom: every piece of text is put on the page and into the reading order at once."""

import io
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from datetime import UTC
from typing import Any

from django.utils import timezone
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName
from reportlab.pdfgen.canvas import Canvas

from . import conformance, fonts
from .fonts import BOLD, REGULAR, wrap
from .structure import Element, Tree
from .tables import COLUMN, HEIGHT, LEADING, MARGIN, WIDTH, Tables

__all__ = ["BOTTOM", "COLUMN", "HEIGHT", "LEADING", "MARGIN", "WIDTH", "Document"]

BOTTOM = 22 * mm
FIRST_LINES = 12 * mm
"""What has to fit below a heading, so that it never stands alone at the end of a page."""
GREY = Color(0.33, 0.33, 0.33)


class Document(Tables):
    """Lengths are points from the page's bottom left corner, as in PDF; `y` is where the next line goes."""

    def __init__(self, *, title: str, language: str, author: str, subject: str = "", footer: str = ""):
        fonts.register()
        self.title, self.language, self.author, self.subject = title, language, author, subject
        self.footer = footer
        self._out = io.BytesIO()
        self._canvas = Canvas(
            self._out,
            pagesize=A4,
            pageCompression=1,
            initialFontName=REGULAR,
            lang=language,
            pdfVersion=(1, 7),
        )
        self._root = Element("Document")
        self._marks = 0
        self.page = 0
        self.y = HEIGHT - MARGIN

    def heading(self, text: str, level: int = 1) -> None:
        size = {1: 17, 2: 12.5}.get(level, 11)
        self.need(size * 2.4 + FIRST_LINES)
        self.y -= size * (0.2 if level == 1 else 0.7)
        self._block(self._root.add(f"H{level}"), text, BOLD, size)
        self.y -= size * 0.35

    def paragraph(self, text: str, *, size: float = 10.5, bold: bool = False, quiet: bool = False) -> None:
        for part in filter(None, text.split("\n\n")):
            self._block(
                self._root.add("P"), part, BOLD if bold else REGULAR, size, colour=GREY if quiet else None
            )
            self.y -= size * 0.5

    def bullets(self, texts: Iterable[str], *, numbered: bool = False, size: float = 10.5) -> None:
        listing = self._root.add("L", attributes="<< /O /List /ListNumbering /Decimal >>" if numbered else "")
        for number, text in enumerate(texts, start=1):
            item = listing.add("LI")
            self.need(size * LEADING)
            with self._marked(item.add("Lbl")):
                label = f"{number}." if numbered else "•"
                self._draw(label, MARGIN, self.y - size, REGULAR, size)
            self._block(item.add("LBody"), text, REGULAR, size, left=MARGIN + 6 * mm)
            self.y -= size * 0.25
        self.y -= size * 0.4

    def space(self, height: float) -> None:
        self.y -= height

    def rule(self) -> None:
        with self._artifact():
            self._canvas.setStrokeColorRGB(0.75, 0.75, 0.75)
            self._canvas.setLineWidth(0.5)
            self._canvas.line(MARGIN, self.y, WIDTH - MARGIN, self.y)
        self.y -= 1.5

    def signature_line(self, label: str, *, left: float = MARGIN, width: float = 75 * mm) -> None:
        """A line to write on, with what belongs there below it."""
        with self._artifact():
            self._canvas.setStrokeColorRGB(0.2, 0.2, 0.2)
            self._canvas.line(left, self.y, left + width, self.y)
        top = self.y
        self.y -= 3
        self._lines(self._root.add("P"), wrap(label, REGULAR, 9, width), left, REGULAR, 9)
        self.y = min(self.y, top)

    def block_at(
        self, lines: Iterable[str], *, left: float, top: float, size: float = 10.5, width: float
    ) -> None:
        """Lines at a fixed place, such as the window of an envelope; `y` stays."""
        kept, self.y = self.y, top
        text = "\n".join(lines)
        self._lines(self._root.add("P"), wrap(text, REGULAR, size, width), left, REGULAR, size)
        self.y = kept

    def figure(
        self, draw: Callable[[Any], None], *, alt: str, left: float, bottom: float, size: tuple[float, float]
    ) -> None:
        """`draw(canvas)` with its origin at the figure's bottom left corner; `size` is width and height."""
        box = f"[{left:.1f} {bottom:.1f} {left + size[0]:.1f} {bottom + size[1]:.1f}]"
        element = self._root.add("Figure", alt=alt, attributes=f"<< /O /Layout /BBox {box} >>")
        with self._marked(element):
            self._canvas.saveState()
            self._canvas.translate(left, bottom)
            draw(self._canvas)
            self._canvas.restoreState()

    def render(self) -> bytes:
        """The whole file. Call it once."""
        self._end_page()
        canvas, document = self._canvas, self._canvas._doc
        for setter, words in (("Title", self.title), ("Author", self.author), ("Subject", self.subject)):
            getattr(canvas, f"set{setter}")(words or self.title)
        canvas.setCreator(conformance.PRODUCER)
        canvas.setProducer(conformance.PRODUCER)
        self._conform(document)
        canvas._doc.SaveToFile(self._out, canvas)
        return conformance.with_line_ends(document, self._out.getvalue())

    def _conform(self, document: Any) -> None:
        catalog, pages = document.Catalog, document.Pages.pages
        references = []
        for number, page in enumerate(pages):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = number, PDFName("S")
            name = document.Reference(page).name
            references.append("{} {} R".format(*document.idToObjectNumberAndVersion[name]))
        tree = Tree(self._root).write(document, references)
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.StructTreeRoot = document.idToObject[tree]
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
        catalog.OutputIntents = PDFArray([conformance.output_intent(document)])
        when = timezone.now().astimezone(UTC).replace(microsecond=0)
        document.info._dateFormatter = lambda *_parts: when.strftime("D:%Y%m%d%H%M%S+00'00'")
        catalog.Metadata = conformance.metadata(
            title=self.title,
            author=self.author,
            subject=self.subject,
            language=self.language,
            when=when.isoformat(),
        )

    def _block(
        self, element: Element, text: str, font: str, size: float, *, left: float = MARGIN, colour: Any = None
    ) -> None:
        self._lines(element, wrap(text, font, size, WIDTH - MARGIN - left), left, font, size, colour=colour)

    def _lines(
        self, element: Element, lines: list[str], left: float, font: str, size: float, *, colour: Any = None
    ) -> None:
        """Go on to the next page between lines where the page ends."""
        while lines:
            room = max(int((self.y - BOTTOM) / (size * LEADING)), 0)
            if not room:
                self._break()
                continue
            with self._marked(element):
                for line in lines[:room]:
                    self.y -= size * LEADING
                    self._draw(line, left, self.y + size * (LEADING - 1), font, size, colour)
            lines = lines[room:]

    def _draw(self, text: str, x: float, y: float, font: str, size: float, colour: Any = None) -> None:
        self._canvas.setFont(font, size)
        self._canvas.setFillColor(colour or Color(0, 0, 0))
        self._canvas.drawString(x, y, text)

    @contextmanager
    def _marked(self, element: Element):
        element.kids.append((self.page, self._marks))
        self._canvas._code.append(f"/{element.kind} << /MCID {self._marks} >> BDC")
        self._marks += 1
        yield
        self._canvas._code.append("EMC")

    @contextmanager
    def _artifact(self):
        self._canvas._code.append("/Artifact BMC")
        yield
        self._canvas._code.append("EMC")

    def need(self, height: float) -> None:
        """Begin a page where less than `height` is left."""
        if self.y - height < BOTTOM:
            self._break()

    def _break(self) -> None:
        self._end_page()
        self.page, self._marks, self.y = self.page + 1, 0, HEIGHT - MARGIN

    def _end_page(self) -> None:
        with self._artifact():
            number = f"{self.footer}   ·   {self.page + 1}" if self.footer else str(self.page + 1)
            self._draw(fonts.printable(number), MARGIN, 12 * mm, REGULAR, 8, GREY)
        self._canvas.showPage()
