"""Our log of changes, each with its municipality, written through Wagtail's log registry.

Public API: `register`, `log`.
"""

from typing import Any

from django.db import models
from wagtail.log_actions import log as wagtail_log

from wagtail_diaspora.compat import register_log

from .models import Municipality, MunicipalityLogEntry

__all__ = ["log", "register"]


def register(model: type[models.Model]) -> None:
    """Log changes of this model in our own table, also those that Wagtail's views make."""
    register_log(model, MunicipalityLogEntry)


def log(
    instance: models.Model, action: str, *, user: Any, municipality: Municipality, data: dict | None = None
) -> None:
    """One INSERT in the caller's transaction; `user` is None for the citizen and for the clock."""
    wagtail_log(instance=instance, action=action, user=user, data=data, municipality=municipality)
