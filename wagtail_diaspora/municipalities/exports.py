"""Spreadsheets of which no cell is taken for a formula.

Public API: `SafeExportMixin`.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from wagtail.admin.views.mixins import SpreadsheetExportMixin

__all__ = ["SafeExportMixin"]

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class SafeExportMixin(SpreadsheetExportMixin):
    """In XLSX Wagtail writes text as text; in CSV an apostrophe says so (OWASP, CSV injection)."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        cell = super().preprocess_field_value(field, value, export_format)
        if export_format == self.FORMAT_CSV and isinstance(cell, str) and cell.startswith(FORMULAS):
            return f"'{cell}"
        return cell

    def stream_csv(self, queryset: QuerySet) -> Iterator[str]:
        return _spoken(super().stream_csv(queryset), translation.get_language())


def _spoken(lines: Iterator[str], language: str | None) -> Iterator[str]:
    """Wagtail writes them one by one when the view is over, and the reader's language with it."""
    while True:
        with translation.override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line
