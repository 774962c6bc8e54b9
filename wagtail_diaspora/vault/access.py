"""Reads of personal data, recorded before anything is shown.

Public API: `record`, `name_with`, `names_of`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models, transaction

from wagtail_diaspora.db import retry_when_locked

from .models import AccessLogEntry, Action

__all__ = ["Action", "Name", "name_with", "names_of", "record"]

Name = tuple[str, str]
"""What to call a row that was read, and its address in the admin."""
Namer = Callable[[list[str]], dict[str, Name]]
_namers: dict[str, Namer] = {}


@retry_when_locked
@transaction.atomic(durable=True)
def record(
    *, user: Any, scope: str, action: str, obj: models.Model | type[models.Model], count: int = 1
) -> None:
    """Commit one entry, on this connection; whoever reads calls this first. Only OPENED has no `user`.

    Raises RuntimeError inside a transaction, since a rollback would take the entry with it. A database
    error goes through: what cannot be recorded is not shown.
    """
    AccessLogEntry.objects.create(
        user=user,
        by_superuser=bool(user and user.is_superuser),
        scope=scope,
        action=action,
        object_label=obj._meta.label_lower,
        object_id=str(obj.pk) if isinstance(obj, models.Model) else "",
        count=count,
    )


def name_with(model: type[models.Model], namer: Namer) -> None:
    """`namer(keys)` names those rows of a model that still exist, by their keys."""
    _namers[model._meta.label_lower] = namer


def names_of(entries: Iterable[AccessLogEntry]) -> dict[tuple[str, str], Name]:
    """By label and key; what nobody names, or is gone, is left out."""
    keys = defaultdict(set)
    for entry in entries:
        keys[entry.object_label].add(entry.object_id)
    return {
        (label, key): name
        for label, namer in _namers.items()
        if label in keys
        for key, name in namer(sorted(keys[label] - {""})).items()
    }
