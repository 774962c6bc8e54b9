"""Columns of lists in words of the reader's language; Wagtail writes a number of fenings, and `True`."""

from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import pgettext
from wagtail.admin.ui.tables import Column

from wagtail_diaspora import money


class FieldColumn(Column):
    """A column of a model's field, with its name, sorted by it."""

    def __init__(self, model: type[Model], name: str, **options: Any):
        label = capfirst(model._meta.get_field(name).verbose_name)
        super().__init__(name, **{"label": label, "sort_key": name, **options})


class AmountColumn(FieldColumn):
    def get_value(self, instance: Model) -> str:
        return money.written(super().get_value(instance))


class YesNoColumn(FieldColumn):
    def get_value(self, instance: Model) -> str:
        return pgettext("answer", "Yes") if super().get_value(instance) else pgettext("answer", "No")
