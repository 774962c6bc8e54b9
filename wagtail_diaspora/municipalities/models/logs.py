from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models.audit_log import BaseLogEntry, ModelLogEntryManager

from .municipality import Municipality


class MunicipalityLogEntryManager(ModelLogEntryManager):
    def log_action(self, instance: models.Model, action: str, **kwargs: Any) -> "MunicipalityLogEntry":
        kwargs.setdefault("municipality", municipality_of(instance))
        return super().log_action(instance, action, **kwargs)

    def viewable_by_user(self, user: Any) -> "models.QuerySet[MunicipalityLogEntry]":
        """Wagtail's Site history asks this: entries of models that the user works with, where they do."""
        from ..permissions import municipalities_by_model

        entries = self.get_queryset()
        if user.is_superuser:
            return entries
        seen = models.Q(pk__in=[])
        for model, municipalities in municipalities_by_model(user).items():
            seen |= models.Q(
                content_type=ContentType.objects.get_for_model(model), municipality__in=municipalities
            )
        return entries.filter(seen)


class MunicipalityLogEntry(BaseLogEntry):
    """One change in one municipality. Its data are keys and states, never personal data."""

    object_id = models.CharField(max_length=255, db_index=True)
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = MunicipalityLogEntryManager()

    class Meta(BaseLogEntry.Meta):
        ordering = ["-timestamp", "-id"]
        default_permissions = ()

    def full_clean(self, exclude: Iterable[str] | None = None, **options: Any) -> None:
        """Rows that were just read are not asked for again: every change writes an entry."""
        super().full_clean(exclude={"content_type", "user", "municipality", *(exclude or ())}, **options)

    def __str__(self) -> str:
        return f"{self.action} {self.object_id}"


def municipality_of(instance: models.Model) -> Municipality | None:
    return instance if isinstance(instance, Municipality) else getattr(instance, "municipality", None)
