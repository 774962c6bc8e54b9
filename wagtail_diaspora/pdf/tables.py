"""Tables of a paper. Public API: `Tables`, which `Document` is, and `Struck`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from .fonts import BOLD, REGULAR, wrap

MARGIN = 20 * mm
WIDTH, HEIGHT = A4
COLUMN = WIDTH - 2 * MARGIN
LEADING = 1.35


@dataclass(frozen=True)
class Struck:
    """A cell that is struck through with lines; `words` say so to whoever hears the paper."""

    words: str


class Tables:
    """Drawn with the document's own `need`, `rule`, `_lines` and `_artifact`."""

    y: float

    def rows(
        self, rows: Sequence[tuple[str, str]], *, label_width: float = 55 * mm, size: float = 10.5
    ) -> None:
        """A table of two columns: what, and its value. Nothing for no rows."""
        if not rows:
            return
        table = self._root.add("Table")
        for label, value in rows:
            left = wrap(str(label), BOLD, size, label_width - 4 * mm)
            right = wrap(str(value), REGULAR, size, COLUMN - label_width)
            height = max(len(left), len(right)) * size * LEADING
            self.need(min(height, HEIGHT / 2))
            row, top = table.add("TR"), self.y
            heads = row.add("TH", attributes="<< /O /Table /Scope /Row >>")
            self._lines(heads, left, MARGIN, BOLD, size)
            after, self.y = self.y, top
            self._lines(row.add("TD"), right, MARGIN + label_width, REGULAR, size)
            self.y = min(after, self.y) - 1.5
            self.rule()
        self.y -= size * 0.5

    def table(self, head: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[float]) -> None:
        """A table with a line of headings; `widths` are shares of the column."""
        table, size = self._root.add("Table"), 10
        lefts = [MARGIN + COLUMN * sum(widths[:n]) for n in range(len(widths))]
        rooms = [COLUMN * width - 3 * mm for width in widths]
        for number, cells in enumerate([head, *rows]):
            font = REGULAR if number else BOLD
            wrapped = [_wrapped(cell, font, size, room) for cell, room in zip(cells, rooms, strict=True)]
            self.need(max(map(len, wrapped)) * size * LEADING)
            row, top, lowest = table.add("TR"), self.y, self.y
            for cell, lines, left, room in zip(cells, wrapped, lefts, rooms, strict=True):
                self.y = top
                scope = "" if number else "<< /O /Table /Scope /Column >>"
                place = row.add("TD" if number else "TH", attributes=scope)
                if isinstance(cell, Struck):
                    self._strike(place, cell, left, room, size)
                else:
                    self._lines(place, lines, left, font, size)
                lowest = min(lowest, self.y)
            self.y = lowest - 1.5
            self.rule()
        self.y -= 5

    def _strike(self, place: Any, cell: Struck, left: float, room: float, size: float) -> None:
        place.alt = cell.words
        with self._artifact():
            self._canvas.setStrokeColorRGB(0.2, 0.2, 0.2)
            for share in (0.55, 0.85):
                self._canvas.line(left, self.y - size * share, left + room, self.y - size * share)
        self.y -= size * LEADING


def _wrapped(cell: Any, font: str, size: float, room: float) -> list[str]:
    return [""] if isinstance(cell, Struck) else wrap(str(cell), font, size, room)
