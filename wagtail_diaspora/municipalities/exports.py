"""Spreadsheets of which no cell is taken for a formula.

Public API: `SafeExportMixin`.
"""

from typing import Any

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
