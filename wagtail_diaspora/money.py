"""Amounts: integers of minor units where they are kept, KM with two decimals where people write them.

Public API: `AmountField`, `AmountFormField`, `written`.
"""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.formats import number_format

__all__ = ["AmountField", "AmountFormField", "written"]


def written(minor: int, currency: str = "BAM") -> str:
    """An amount of minor units with its currency; the mark is written as people do, KM."""
    amount = number_format(Decimal(minor) / 100, decimal_pos=2, force_grouping=True)
    return f"{amount}\N{NO-BREAK SPACE}{'KM' if currency == 'BAM' else currency}"


WRITTEN = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?")
"""Full stop and comma mean the same in every language: one or two digits after the last are fenings."""


class AmountFormField(forms.DecimalField):
    """Reads `12,50` and `12.50` as 1250 fenings, and `1.250` as 125000."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **options: Any):
        for unused in ("max_value", "min_value"):
            options.pop(unused, None)
        super().__init__(min_value=0, max_digits=8, decimal_places=2, **options)

    def to_python(self, value: Any) -> Decimal | None:
        text = "".join(str(value or "").split())
        if match := WRITTEN.fullmatch(text):
            text = "".join(c for c in match[1] if c.isdecimal()) + "." + (match[2] or "0")
        return super().to_python(text)

    def prepare_value(self, value: Any) -> Any:
        return number_format(Decimal(value) / 100, decimal_pos=2) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        amount = super().clean(value)
        return None if amount is None else int(amount * 100)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.to_python(self.prepare_value(initial)), data)


class AmountField(models.PositiveIntegerField):
    """An amount in fenings, written in KM."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        return models.Field.formfield(self, **{"form_class": AmountFormField, **kwargs})
