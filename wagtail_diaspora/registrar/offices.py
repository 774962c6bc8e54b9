"""An order or a draft with its office, in one small query.

Public API: `find`. Each process keeps an office, with its site and its settings, by its version, as `offer`
does, and for a minute at most. Never change that row: it is shared.
"""

from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from wagtail_diaspora.keeping import this_minute
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.statements import Statement

from .models import Draft, Order, RegistrarSettings

__all__ = ["find"]

Row = TypeVar("Row", Order, Draft)
BY_KEY = """
FROM {table} asked
LEFT JOIN diaspora_registrar_registrarsettings settings ON settings.municipality_id = asked.municipality_id
WHERE asked.id = %s
"""
FOUND = {
    model: Statement(
        BY_KEY.format(table=model._meta.db_table), asked=model, settings=(RegistrarSettings, "offer_version")
    )
    for model in (Order, Draft)
}


def find(model: type[Row], key: UUID) -> Row | None:
    for row, settings in FOUND[model].rows(key):
        row.municipality = _office(row.municipality_id, settings.offer_version, this_minute())
        return row
    return None


@lru_cache(maxsize=256)
def _office(pk: int, version: int | None, minute: int) -> Municipality:
    return Municipality.objects.select_related("site", "registrar_settings").get(pk=pk)
