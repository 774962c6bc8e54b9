"""An order or a draft with its office, in one small query.

Public API: `find`. Each process keeps an office, with its site and its settings, by its version, as `offer`
does, and for a minute at most. Never change that row: it is shared.
"""

from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from django.db import connections

from wagtail_diaspora.keeping import this_minute
from wagtail_diaspora.municipalities.models import Municipality

from .models import Draft, Order

__all__ = ["find"]

Row = TypeVar("Row", Order, Draft)
BY_KEY = """
SELECT asked.*, settings.offer_version AS office_version
FROM {table} asked
LEFT JOIN diaspora_registrar_registrarsettings settings ON settings.municipality_id = asked.municipality_id
WHERE asked.id = %s
"""


def find(model: type[Row], key: UUID) -> Row | None:
    """Each page of a citizen begins with it: composing it by the ORM takes longer than the answer."""
    statement = BY_KEY.format(table=model._meta.db_table)
    stored = model._meta.pk.get_db_prep_value(key, connections[model.objects.db])
    row = next(iter(model.objects.raw(statement, [stored])), None)
    if row:
        row.municipality = _office(row.municipality_id, row.office_version, this_minute())
    return row


@lru_cache(maxsize=256)
def _office(pk: int, version: int, minute: int) -> Municipality:
    return Municipality.objects.select_related("site", "registrar_settings").get(pk=pk)
