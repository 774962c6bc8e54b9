"""Statements that are composed once: for one small page the ORM composes longer than a database answers.

Public API: `Statement` reads, `insert` and `change` write.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections, models, router
from django.db.models.constants import OnConflict

__all__ = ["Statement", "change", "insert"]

KEY = models.UUIDField()


class Columns(NamedTuple):
    """Where the fields of one model stand in a row."""

    model: type[models.Model]
    names: list[str]
    place: slice


class Statement:
    """Reads rows of joined tables, as a tuple with an instance of each.

    `tables` are by their alias in `rest`, what follows the columns: a model, or a model and the names of the
    fields that are read of it. A table that may have no row (LEFT JOIN) gives an instance without values.
    """

    def __init__(self, rest: str, **tables: type[models.Model] | tuple):
        self.rest, self.tables = rest, {}
        self._composed: dict[str, tuple] = {}
        for alias, wanted in tables.items():
            model, *names = wanted if isinstance(wanted, tuple) else (wanted,)
            fields = model._meta.concrete_fields
            self.tables[alias] = (model, [one for one in fields if not names or one.name in names])

    def rows(self, *keys: Any) -> list[tuple]:
        using = router.db_for_read(next(iter(self.tables.values()))[0])
        connection = connections[using]
        sql, converted, parts = self._composed.get(using) or self._compose(using)
        with connection.cursor() as cursor:
            cursor.execute(sql, [_stored(key, connection) for key in keys])
            found = [list(row) for row in cursor.fetchall()]
        for row in found:
            for place, convert, column in converted:
                row[place] = convert(row[place], column, connection)
        return [
            tuple(model.from_db(using, names, row[place]) for model, names, place in parts) for row in found
        ]

    def _compose(self, using: str) -> tuple[str, list[tuple[int, Callable, Any]], list[Columns]]:
        connection, columns, parts = connections[using], [], []
        for alias, (model, fields) in self.tables.items():
            place = slice(len(columns), len(columns) + len(fields))
            parts.append(Columns(model, [field.attname for field in fields], place))
            columns += [field.get_col(alias) for field in fields]
        # The converters of the thread that came first serve all: of their connection they read settings only.
        composed = self._sql(columns, connection), list(_converters(columns, connection)), parts
        return self._composed.setdefault(using, composed)

    def _sql(self, columns: Sequence[Any], connection: Any) -> str:
        quote = connection.ops.quote_name
        named = (f"{quote(column.alias)}.{quote(column.target.column)}" for column in columns)
        return f"SELECT {', '.join(named)} {self.rest}"


def _converters(columns: Sequence[Any], connection: Any) -> Iterator[tuple[int, Callable, Any]]:
    """What the ORM, too, does to what the database gave."""
    for place, column in enumerate(columns):
        own = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
        yield from ((place, convert, column) for convert in own)


def _stored(value: Any, connection: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return KEY.get_db_prep_value(value, connection) if isinstance(value, UUID) else value


def change(model: type[models.Model], update: str, *values: Any) -> int:
    """Run one UPDATE of that model's table; returns how many rows it met."""
    connection = connections[router.db_for_write(model)]
    with connection.cursor() as cursor:
        cursor.execute(update, [_stored(value, connection) for value in values])
        return cursor.rowcount


def insert(rows: Sequence[models.Model], *, new_only: bool = False) -> int:
    """Write new rows of one model, in the caller's transaction; returns how many were written.

    With `new_only`, what is there already is left out. As `bulk_create` it sends no signals; a key that the
    database gives stays unknown.
    """
    if not rows:
        return 0
    model, ignored = type(rows[0]), OnConflict.IGNORE if new_only else None
    using, fields, written = router.db_for_write(model), _written_fields(model), 0
    connection = connections[using]
    size = max(connection.ops.bulk_batch_size(fields, rows), 1)
    with connection.cursor() as cursor:
        for batch in (rows[start : start + size] for start in range(0, len(rows), size)):
            values = [_stored_in(field, row, connection) for row in batch for field in fields]
            cursor.execute(_insertion(model, using, len(batch), ignored), values)
            written += max(cursor.rowcount, 0)
    for row in rows:
        row._state.adding, row._state.db = False, using
    return written


def _stored_in(field: models.Field, row: models.Model, connection: Any) -> Any:
    return field.get_db_prep_save(field.pre_save(row, True), connection)


@lru_cache(maxsize=256)
def _insertion(model: type[models.Model], using: str, count: int, on_conflict: OnConflict | None) -> str:
    fields, ops = _written_fields(model), connections[using].ops
    into = f"{ops.insert_statement(on_conflict)} {ops.quote_name(model._meta.db_table)}"
    columns = ", ".join(ops.quote_name(field.column) for field in fields)
    values = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * count)
    return f"{into} ({columns}) VALUES {values} {ops.on_conflict_suffix_sql(fields, on_conflict, [], [])}"


def _written_fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
