"""An XLSX file with one sheet of many rows.

Public API: `write(output, rows, date_format=…)`. openpyxl makes the workbook; of its cells each takes several
times as long as all that is done here, so that the sheet is written as text, row by row.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import IO, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.formats import number_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_ISO8601

__all__ = ["write"]

SHEET = "xl/worksheets/sheet1.xml"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
TAIL = "</sheetData></worksheet>"
LONGEST = 32_767
"""Characters of a cell."""
MOST = 1_048_576
"""Rows of a sheet."""
ILLEGAL = re.compile(f"{ILLEGAL_CHARACTERS_RE.pattern}|[\ufffe\uffff\ud800-\udfff]")
"""openpyxl lets pass some that XML does not."""
MOMENT, DAY = 1, 2
"""Numbers of the two styles in the workbook."""


def write(output: IO[bytes], rows: Iterable[Iterable[Any]], *, date_format: str) -> None:
    with ZipFile(_empty(date_format)) as empty, ZipFile(output, "w", ZIP_DEFLATED) as book:
        for name in empty.namelist():
            if name != SHEET:
                book.writestr(name, empty.read(name))
        with book.open(SHEET, "w", force_zip64=True) as sheet:
            sheet.write(HEAD.encode())
            for number, row in enumerate(_fitting(iter(rows)), 1):
                sheet.write(_row(number, row).encode())
            sheet.write(TAIL.encode())


def _empty(date_format: str) -> IO[bytes]:
    """Its styles are numbered as they come up."""
    workbook, made = Workbook(), BytesIO()
    moment, day = workbook.active["A1"], workbook.active["A2"]
    moment.number_format, day.value = date_format, now().date()
    workbook.active.title = "Sheet1"
    workbook.save(made)
    return made


def _fitting(rows: Iterator[Iterable[Any]]) -> Iterator[Iterable[Any]]:
    """Where there are more rows than Excel takes, the last one says so."""
    yield from islice(rows, MOST - 1)
    last = list(islice(rows, 2))
    yield from last if len(last) < 2 else [[_too_long()]]


def _too_long() -> str:
    return _(
        "The list ends here: Excel takes at most %(count)s rows on a sheet. The CSV file has all of them."
    ) % {"count": number_format(MOST, force_grouping=True)}


def _row(number: int, row: Iterable[Any]) -> str:
    cells = (_cell(f"{get_column_letter(column)}{number}", value) for column, value in enumerate(row, 1))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Any) -> str:
    """Text stays text, whatever it looks like."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        style = MOMENT if isinstance(value, datetime) else DAY
        return f'<c r="{place}" s="{style}" t="d"><v>{to_ISO8601(value)}</v></c>'
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f'<c r="{place}"><v>{value}</v></c>'
    text = escape(ILLEGAL.sub("", str(value))[:LONGEST])
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
