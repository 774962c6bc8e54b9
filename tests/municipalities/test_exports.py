"""A spreadsheet of many rows has the cells that Wagtail would write."""

from datetime import UTC, date, datetime
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from wagtail_diaspora.municipalities import spreadsheets
from wagtail_diaspora.municipalities.exports import LongExportMixin

MOMENT = datetime(2026, 3, 1, 12, 3, 4, 567890, tzinfo=UTC)
TEXTS = [
    "Šućur",
    'Ђурђевдан <&> "Most"',
    "=1+1",
    "=",
    "+387 52",
    "  between  ",
    "two\nlines",
    "'",
    "",
    "x" * 40_000,
]


class List(LongExportMixin):
    list_export = ["word", "day", "moment", "number"]
    export_headings = {"word": gettext_lazy("Headline")}


def cells_of(write, rows):
    output = BytesIO()
    write(rows, output)
    sheet = load_workbook(output).active
    return [
        [(cell.value, cell.value and cell.data_type, cell.number_format) for cell in row] for row in sheet
    ]


def test_it_is_cell_by_cell_what_wagtail_writes():
    rows = [SimpleNamespace(word=text, day=date(2026, 3, 1), moment=MOMENT, number=-5) for text in TEXTS]
    rows.append(SimpleNamespace(word=gettext_lazy("Headline"), day=None, moment=None, number=1.5))
    view = List()
    written, usual = cells_of(view.write_xlsx, rows), cells_of(super(LongExportMixin, view).write_xlsx, rows)
    assert len(written) == len(TEXTS) + 2 and written == usual


@pytest.mark.parametrize(
    ("text", "cell"), [("a\x0bb\x00", "ab"), ("a\ufffeb\uffff\ud800", "ab"), ("#N/A", "#N/A")]
)
def test_nothing_in_a_text_spoils_the_file(text, cell):
    """openpyxl refuses the first, lets pass the second, and takes the third for an error of a formula."""
    rows = [SimpleNamespace(word=text, day=None, moment=None, number=None)]
    assert cells_of(List().write_xlsx, rows)[1][0] == (cell, "s", "General")


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("rows", "told"), [(3, ["1", "2", "3"]), (5, ["1", "2", "The list ends here"])])
def test_a_list_that_is_too_long_for_a_sheet_says_so_in_its_last_row(rows, told, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST", 3)
    output = BytesIO()
    spreadsheets.write(output, ([str(number)] for number in range(1, rows + 1)), date_format="dd.mm.yyyy")
    assert [row[0].value.split(":")[0] for row in load_workbook(output).active] == told


def test_a_sheet_may_be_longer_than_two_gigabytes():
    """As version 4.5 of the format allows, if the entry is opened for it: nobody knows its length before."""
    output = BytesIO()
    spreadsheets.write(output, [["1"]], date_format="dd.mm.yyyy")
    assert ZipFile(output).getinfo(spreadsheets.SHEET).extract_version == 45
