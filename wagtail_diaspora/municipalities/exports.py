"""Spreadsheets of which no cell is taken for a formula, however many rows they have.

Public API: `SafeExportMixin`, `LongExportMixin`.
"""

from collections.abc import Iterator
from itertools import chain
from typing import IO, Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from wagtail.admin.views.mixins import ExcelDateFormatter, SpreadsheetExportMixin

__all__ = ["LongExportMixin", "SafeExportMixin"]

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
PORTION = 1000


class SafeExportMixin(SpreadsheetExportMixin):
    """In XLSX Wagtail writes text as text; in CSV an apostrophe says so (OWASP, CSV injection)."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        cell = super().preprocess_field_value(field, value, export_format)
        if export_format == self.FORMAT_CSV and isinstance(cell, str) and cell.startswith(FORMULAS):
            return f"'{cell}"
        return cell

    def stream_csv(self, queryset: QuerySet) -> Iterator[str]:
        return _spoken(super().stream_csv(queryset), translation.get_language())


class LongExportMixin(SafeExportMixin):
    """For reports that grow for years, and of which the view adds nothing to a row."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A file is asked for before Wagtail counts the rows by reading them all."""
        if not self.is_export:
            return super().get(request, *args, **kwargs)
        return self.as_spreadsheet(Portions(self.get_filtered_queryset()), request.GET["export"])

    def write_xlsx(self, queryset: QuerySet, output: IO[bytes]) -> None:
        from . import spreadsheets  # and openpyxl, for which few processes ever have a use

        headings = [self.get_heading(queryset, field) for field in self.list_export]
        rows = (self._cells(self.to_row_dict(item)) for item in queryset)
        spreadsheets.write(output, chain([headings], rows), date_format=ExcelDateFormatter().get())

    def _cells(self, row: dict[str, Any]) -> list[Any]:
        return [self.preprocess_field_value(name, value, self.FORMAT_XLSX) for name, value in row.items()]


class Portions:
    """The rows of a listing in its order, of which few are held at a time.

    Between two portions nothing is open in the database, however slowly somebody takes the file: SQLite would
    let nobody write meanwhile.
    """

    def __init__(self, rows: QuerySet):
        self.rows, self.model = rows, rows.model

    def __iter__(self) -> Iterator[Model]:
        keys = list(self.rows.values_list("pk", flat=True))
        for start in range(0, len(keys), PORTION):
            portion = keys[start : start + PORTION]
            found = self.rows.order_by().in_bulk(portion)
            yield from (found[key] for key in portion if key in found)


def _spoken(lines: Iterator[str], language: str | None) -> Iterator[str]:
    """Wagtail writes them one by one when the view is over, and the reader's language with it."""
    while True:
        with translation.override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line
