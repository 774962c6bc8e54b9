"""Seal everything again with the first key, so that an old one may be retired.

Public API: `rotate`, `on_rotated`. It may be stopped and started again: what the first key sealed already
is left alone.
"""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import models, transaction

from wagtail_diaspora.db import retry_when_locked

from . import crypto, files, keys
from .fields import SealedField
from .models import PrivateFile

__all__ = ["on_rotated", "rotate"]

BATCH = 200
_listeners: dict[type[models.Model], Callable[[models.Model], None]] = {}


def on_rotated(model: type[models.Model], listener: Callable[[models.Model], None]) -> None:
    """`listener(row)` renews the keyed digests of a row, in its transaction, where they are old.

    Digests do not tell their key, so it is asked about every row, also where nothing had to be sealed again.
    """
    _listeners[model] = listener


def rotate() -> Iterator[tuple[str, int]]:
    """Yield each model's label with the number of rows that were sealed again."""
    for model in apps.get_models():
        if fields := [f for f in model._meta.concrete_fields if isinstance(f, SealedField)]:
            yield model._meta.label, sum(_again(model, key, fields) for key in _keys(model))
    yield "files", sum(map(_file_again, PrivateFile.objects.order_by("pk").iterator(BATCH)))


def _keys(model: type[models.Model]) -> Iterator:
    return model._base_manager.order_by("pk").values_list("pk", flat=True).iterator(BATCH)


@retry_when_locked
def _again(model: type[models.Model], key: object, fields: list[SealedField]) -> bool:
    with transaction.atomic():
        row = model._base_manager.select_for_update().filter(pk=key).first()
        old = [f for f in fields if row and _is_old(row.__dict__[f.attname])]
        for field in old:
            setattr(row, field.attname, getattr(row, field.attname))
        if old:
            row.save(update_fields=[f.name for f in old])
        if row and (listener := _listeners.get(model)):
            listener(row)
    return bool(old)


def _is_old(sealed: bytes | None) -> bool:
    return sealed is not None and crypto.key_id_of(sealed) != keys.sealing_key().id


def _file_again(file: PrivateFile) -> bool:
    with files.private_storage().open(file.stored_as) as stored:
        if not _is_old(stored.read(64)):
            return False
    files.replace(file, files.read(file), content_type=file.content_type, state=file.state)
    return True
