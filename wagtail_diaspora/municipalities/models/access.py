from django.contrib.auth.models import Group, Permission
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .municipality import Municipality


class GroupMunicipalityPermission(models.Model):
    """What a group may do for one municipality; shaped like Wagtail's GroupCollectionPermission."""

    group = models.ForeignKey(
        Group,
        on_delete=models.CASCADE,
        related_name="municipality_permissions",
        verbose_name=pgettext_lazy("diaspora", "group"),
    )
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.CASCADE,
        related_name="group_permissions",
        verbose_name=_("municipality"),
    )
    permission = models.ForeignKey(
        Permission,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=pgettext_lazy("diaspora", "permission"),
    )

    class Meta:
        verbose_name = _("permission of a group for a municipality")
        verbose_name_plural = _("permissions of groups for municipalities")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["group", "municipality", "permission"], name="diaspora_group_municipality_permission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.permission_id} ({self.municipality_id})"
