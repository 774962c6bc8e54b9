"""Run inside a host: one row in every table of an earlier version, and what became of each.

Values are made from the fields of the models as the migrations knew them, so that a new version needs no
new data; `FITTING` has what its kind alone does not say.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.apps import apps as present
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Locale, Page

from wagtail_diaspora.vault.fields import SealedField, SealedJSONField

from .versions import VERSIONS

FITTING = {
    "path": "000100010009",
    "depth": 3,
    "url_path": "/home/words/",
    "slug": "words",
    "draft": None,  # a file is of a draft or of an order
}


def begin(version: str, notes: str) -> None:
    """Go back to that version, fill its tables, and note what stands in them."""
    for app_label in reversed(VERSIONS[version]):
        call_command("migrate", app_label, "zero", verbosity=0)
    targets = list(VERSIONS[version].items())
    MigrationExecutor(connection).migrate(targets)
    then = MigrationExecutor(connection).loader.project_state(targets).apps
    rows = [a_row(model) for model in _by_need(_ours(then))]
    Path(notes).write_text(json.dumps([noted(row) for row in rows]))


def lost(notes: str) -> list[str]:
    """What no longer stands where it stood, of the fields that are still there."""
    found = []
    for label, key, values in json.loads(Path(notes).read_text()):
        row = present.get_model(label)._base_manager.filter(pk=key).first()
        now = noted(row)[2] if row else {}
        kept = {name: value for name, value in values.items() if row is None or name in now}
        found += [f"{label}.{name}" for name, value in kept.items() if now.get(name) != value]
    return found


def noted(row: models.Model) -> tuple[str, str, dict[str, str]]:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.local_concrete_fields}
    told = {name: repr(bytes(v) if isinstance(v, memoryview) else v) for name, v in values.items()}
    return row._meta.label_lower, str(row.pk), told


def a_row(model: type[models.Model]) -> models.Model:
    values = {
        f.name: _value(f) for f in model._meta.concrete_fields if not (f.auto_created or f.has_default())
    }
    row = model(**{name: value for name, value in values.items() if value is not None})
    row.save()
    return model._base_manager.get(pk=row.pk)


def _ours(then: Any) -> list[type[models.Model]]:
    return [model for model in then.get_models() if model._meta.app_label.startswith("diaspora_")]


def _by_need(left: list[type[models.Model]]) -> list[type[models.Model]]:
    """Each after those that it points to."""
    ordered: list[type[models.Model]] = []
    while left:
        ready = [model for model in left if not (_needs(model) & set(left) - {model})]
        ordered, left = ordered + ready, [model for model in left if model not in ready]
    return ordered


def _needs(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}


def _value(field: models.Field) -> Any:
    """Something that fits the field and stands out."""
    if field.name in FITTING:
        return FITTING[field.name]
    if field.is_relation:
        return _related(field)
    if field.null and isinstance(field, models.DateField):
        return None  # a moment that has not come
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, SealedField):
        return {"šta": "Šućur"} if isinstance(field, SealedJSONField) else "Šućur"
    for kinds, value in VALUES:
        if isinstance(field, kinds):
            return value
    return None


VALUES: list[tuple[Any, Any]] = [
    (models.DateTimeField, datetime(2026, 4, 1, 12, tzinfo=UTC)),
    (models.DateField, date(2026, 4, 1)),
    (models.JSONField, {"bs": "Riječi"}),
    (models.EmailField, "maticar@example.org"),
    (models.SlugField, "birth"),
    (models.BooleanField, True),
    (models.BinaryField, b"0123456789abcdef"),
    (models.IntegerField, 7),
    (models.CharField, "sr"),
    (models.TextField, "Riječi"),
]


def _related(field: models.Field) -> models.Model | None:
    """The only row of one of our models; of the host's, one that every host has."""
    model = field.related_model
    if model._meta.label == "wagtailcore.Locale":
        return model._base_manager.get(pk=Locale.objects.first().pk)
    if model._meta.label == "wagtailcore.Page":
        return model._base_manager.get(pk=Page.objects.get(depth=2).pk)
    if model._meta.label == get_user_model()._meta.label and not model._base_manager.exists():
        model._base_manager.create(**{get_user_model().USERNAME_FIELD: "clerk"})
    return model._base_manager.order_by("-pk").first()
