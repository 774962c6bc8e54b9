"""Reads of personal data, recorded before anything is shown."""

from typing import Any

from django.db import models, transaction

from wagtail_diaspora.db import retry_when_locked

from .models import AccessLogEntry, Action

__all__ = ["Action", "record"]


@retry_when_locked
@transaction.atomic(durable=True)
def record(
    *, user: Any, scope: str, action: str, obj: models.Model | type[models.Model], count: int = 1
) -> None:
    """Commit one entry, on this connection; whoever reads calls this first.

    Raises RuntimeError inside a transaction, since a rollback would take the entry with it. A database
    error goes through: what cannot be recorded is not shown.
    """
    AccessLogEntry.objects.create(
        user=user,
        by_superuser=user.is_superuser,
        scope=scope,
        action=action,
        object_label=obj._meta.label_lower,
        object_id=str(obj.pk) if isinstance(obj, models.Model) else "",
        count=count,
    )
