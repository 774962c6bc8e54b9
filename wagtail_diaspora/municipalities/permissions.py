"""Who may do what for which municipality. Nothing is allowed that no row says; superusers see all.

Public API: `may`, `municipalities_for`, `municipalities_of`.
"""

from typing import Any

from django.db.models import QuerySet

from .models import Municipality

__all__ = ["may", "municipalities_for", "municipalities_of"]


def municipalities_for(user: Any, permission: str) -> QuerySet[Municipality]:
    """Those for which one of the user's groups has `app_label.codename`."""
    if not user.is_active:
        return Municipality.objects.none()
    if user.is_superuser:
        return Municipality.objects.all()
    app_label, codename = permission.split(".")
    return Municipality.objects.filter(
        group_permissions__group__user=user,
        group_permissions__permission__codename=codename,
        group_permissions__permission__content_type__app_label=app_label,
    ).distinct()


def municipalities_of(user: Any) -> QuerySet[Municipality]:
    """Those in which the user has any permission at all."""
    if not user.is_active:
        return Municipality.objects.none()
    if user.is_superuser:
        return Municipality.objects.all()
    return Municipality.objects.filter(group_permissions__group__user=user).distinct()


def may(user: Any, permission: str, municipality: Municipality) -> bool:
    return municipalities_for(user, permission).filter(pk=municipality.pk).exists()
