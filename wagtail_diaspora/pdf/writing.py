"""A paper to be filled in by hand. Public API: `Form`."""

from collections.abc import Sequence

from reportlab.lib.units import mm

from .document import GREY, Document
from .fonts import BOLD, REGULAR, wrap
from .structure import Element
from .tables import COLUMN, LEADING, MARGIN

LABEL = 62 * mm
RIGHT = MARGIN + LABEL
ROOM = COLUMN - LABEL
LINE = 8.4 * mm
CELL = 6.2 * mm
SQUARE = 3.4 * mm
SIZE, SMALL = 10, 8


class Form(Document):
    """Questions on the left; on the right lines to write on, cells for digits, squares to tick."""

    def question(self, label: str, hint: str = "", *, lines: int = 1) -> None:
        top = self._ask(label, hint, lines * LINE)
        for number in range(lines):
            self._rule_at(RIGHT, top - (number + 1) * LINE + 2 * mm, ROOM)

    def digits(self, label: str, hint: str = "", *, count: int) -> None:
        """One cell for each digit."""
        top = self._ask(label, hint, LINE)
        with self._artifact():
            self._stroke()
            for number in range(count):
                self._canvas.rect(RIGHT + number * CELL, top - CELL - 1 * mm, CELL, CELL, stroke=1, fill=0)

    def choice(self, label: str, options: Sequence[str], hint: str = "") -> None:
        """Squares beside the question, in two columns where all are short."""
        columns = 2 if all(self._fits(option) for option in options) else 1
        room = ROOM / columns
        height = sum(self._height(option, room) for option in options[::columns])
        top = self._ask(label, hint, height + 1.5 * mm)
        after, self.y = self.y, top
        self._ticks(options, RIGHT, columns, room)
        self.y = min(after, self.y - 1.5 * mm)

    def choices(self, options: Sequence[str]) -> None:
        """Squares over the whole width."""
        self._ticks(options, MARGIN, 1, COLUMN)
        self.y -= 2 * mm

    def _ask(self, label: str, hint: str, height: float) -> float:
        """Write the question, leave `height` for the answer; returns where the answer begins."""
        asked = wrap(label, BOLD, SIZE, LABEL - 4 * mm)
        helped = wrap(hint, REGULAR, SMALL, LABEL - 4 * mm) if hint else []
        needed = (len(asked) * SIZE + len(helped) * SMALL) * LEADING + 1.5 * mm
        self.need(max(needed, height))
        top = self.y
        self.y -= 1 * mm
        self._lines(self._root.add("P"), asked, MARGIN, BOLD, SIZE)
        if helped:
            self._lines(self._root.add("P"), helped, MARGIN, REGULAR, SMALL, colour=GREY)
        self.y = top - max(needed + 1 * mm, height)
        return top

    def _ticks(self, options: Sequence[str], left: float, columns: int, room: float) -> None:
        listing = self._root.add("L")
        for start in range(0, len(options), columns):
            self.need(self._height(options[start], room))
            top = self.y
            for column, option in enumerate(options[start : start + columns]):
                self.y = top
                self._tick(listing.add("LI").add("LBody"), option, left + column * room, room)

    def _tick(self, place: Element, option: str, left: float, room: float) -> None:
        with self._artifact():
            self._stroke()
            self._canvas.rect(left, self.y - SQUARE - 0.9 * mm, SQUARE, SQUARE, stroke=1, fill=0)
        indent = SQUARE + 2 * mm
        lines = wrap(option, REGULAR, SIZE, room - indent)
        self._lines(place, lines, left + indent, REGULAR, SIZE)
        self.y -= 0.8 * mm

    def _height(self, option: str, room: float) -> float:
        return len(wrap(option, REGULAR, SIZE, room - SQUARE - 2 * mm)) * SIZE * LEADING + 0.8 * mm

    def _fits(self, option: str) -> bool:
        return len(wrap(option, REGULAR, SIZE, ROOM / 2 - SQUARE - 4 * mm)) == 1

    def _rule_at(self, left: float, y: float, width: float) -> None:
        with self._artifact():
            self._stroke()
            self._canvas.line(left, y, left + width, y)

    def _stroke(self) -> None:
        self._canvas.setStrokeColorRGB(0.35, 0.35, 0.35)
        self._canvas.setLineWidth(0.6)
