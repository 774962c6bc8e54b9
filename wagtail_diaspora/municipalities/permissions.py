"""Who may do what for which municipality. Nothing is allowed that no row says; superusers see all.

Public API: `may`, `municipalities_for`, `municipalities_of`, `municipalities_by_model`; a room registers what
a group may be given.
"""

from collections import defaultdict
from typing import Any

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Permission
from django.db.models import Model, Q, QuerySet

from .models import GroupMunicipalityPermission, Municipality

__all__ = [
    "grantable",
    "may",
    "municipalities_by_model",
    "municipalities_for",
    "municipalities_of",
    "register",
]


def municipalities_for(user: Any, *permissions: str) -> QuerySet[Municipality]:
    """Those for which one of the user's groups has any of `app_label.codename`."""
    if user.is_active and user.is_superuser:
        return Municipality.objects.all()
    granted = _granted(user)
    pks = set().union(*(granted.get(permission, ()) for permission in permissions))
    return Municipality.objects.filter(pk__in=pks) if pks else Municipality.objects.none()


def municipalities_of(user: Any) -> QuerySet[Municipality]:
    """Those in which the user has any permission at all."""
    return municipalities_for(user, *_granted(user))


def may(user: Any, permission: str, municipality: Municipality | int | None = None) -> bool:
    """For this municipality; without one, for any. Asks the database once for each user object."""
    if user.is_active and user.is_superuser:
        return True
    pks = _granted(user).get(permission, ())
    return bool(pks) if municipality is None else getattr(municipality, "pk", municipality) in pks


def municipalities_by_model(user: Any) -> dict[type[Model], set[int]]:
    """For each model, the keys of those in which the user has any permission that was registered for it."""
    granted = _granted(user)
    found = {
        model: set().union(*(granted.get(_name(model, verb), ()) for verb in verbs))
        for model, verbs in _grantable.items()
    }
    return {model: pks for model, pks in found.items() if pks}


def _name(model: type[Model], verb: str) -> str:
    return f"{model._meta.app_label}.{get_permission_codename(verb, model._meta)}"


def _granted(user: Any) -> dict[str, set[int]]:
    """`app_label.codename` to keys of municipalities; kept on the user, as Wagtail's policies do."""
    if not user.is_active or user.is_anonymous:
        return {}
    if not hasattr(user, "_diaspora_permissions"):
        rows = GroupMunicipalityPermission.objects.filter(group__user=user).values_list(
            "permission__content_type__app_label", "permission__codename", "municipality"
        )
        granted: dict[str, set[int]] = defaultdict(set)
        for app_label, codename, municipality in rows:
            granted[f"{app_label}.{codename}"].add(municipality)
        user._diaspora_permissions = dict(granted)
    return user._diaspora_permissions


def register(model: type[Model], *verbs: str) -> None:
    """Let the group's panel give these permissions of a model for a municipality."""
    _grantable[model] = verbs


def grantable() -> QuerySet[Permission]:
    """The permissions that are given per municipality, by model."""
    chosen = Q(pk__in=[])
    for model, verbs in _grantable.items():
        codenames = [get_permission_codename(verb, model._meta) for verb in verbs]
        chosen |= Q(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            codename__in=codenames,
        )
    rows = Permission.objects.filter(chosen).select_related("content_type")
    return rows.order_by("content_type__app_label", "content_type__model", "pk")


_grantable: dict[type[Model], tuple[str, ...]] = {}
