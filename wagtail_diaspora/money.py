"""Amounts: integers of minor units where they are kept, KM with two decimals where people write them.

Public API: `AmountField`, `AmountFormField`, `written`.
"""

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


class AmountFormField(forms.DecimalField):
    """Reads `12,50` as 1250 fenings."""

    def __init__(self, **options: Any):
        for unused in ("max_value", "min_value"):
            options.pop(unused, None)
        super().__init__(min_value=0, max_digits=8, decimal_places=2, localize=True, **options)

    def prepare_value(self, value: Any) -> Any:
        return Decimal(value) / 100 if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        amount = super().clean(value)
        return None if amount is None else int(amount * 100)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class AmountField(models.PositiveIntegerField):
    """An amount in fenings, written in KM."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        return models.Field.formfield(self, **{"form_class": AmountFormField, **kwargs})
