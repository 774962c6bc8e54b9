"""Wagtail's question "may this user?", answered by the municipality of the row."""

from typing import Any

from django.contrib.auth import get_permission_codename, get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from .models import Municipality
from .permissions import may, municipalities_for


class MunicipalityPermissionPolicy(BasePermissionPolicy):
    """For Municipality itself and for models with a `municipality`."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return may(user, self._name(action))

    def user_has_any_permission(self, user: Any, actions: list[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return may(user, self._name(action), _municipality_of(instance))

    def user_has_any_permission_for_instance(self, user: Any, actions: list[str], instance: Model) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: list[str]) -> QuerySet:
        field = "pk" if self.model is Municipality else "municipality"
        return self.model._default_manager.filter(**{f"{field}__in": self.municipalities(user, actions)})

    def users_with_any_permission(self, actions: list[str]) -> QuerySet:
        return self._users(actions)

    def users_with_any_permission_for_instance(self, actions: list[str], instance: Model) -> QuerySet:
        municipality = _municipality_of(instance)
        return self._users(actions, groups__municipality_permissions__municipality=municipality)

    def municipalities(self, user: Any, actions: list[str]) -> QuerySet[Municipality]:
        """Those for which the user may do any of `actions` with this model."""
        return municipalities_for(user, *map(self._name, actions))

    def _users(self, actions: list[str], **where: Any) -> QuerySet:
        granted = Q(
            groups__municipality_permissions__permission__codename__in=[self._codename(a) for a in actions],
            groups__municipality_permissions__permission__content_type__app_label=self.model._meta.app_label,
            **where,
        )
        users = get_user_model()._default_manager.filter(is_active=True)
        return users.filter(granted | Q(is_superuser=True)).distinct()

    def _name(self, action: str) -> str:
        return f"{self.model._meta.app_label}.{self._codename(action)}"

    def _codename(self, action: str) -> str:
        return get_permission_codename(action, self.model._meta)


def _municipality_of(instance: Model) -> int | None:
    return instance.pk if isinstance(instance, Municipality) else instance.municipality_id
