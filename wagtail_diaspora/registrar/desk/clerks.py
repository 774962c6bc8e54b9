"""Who works on the orders of an office."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.forms import ModelChoiceField
from wagtail.admin.utils import get_user_display_name


def clerks_of(municipalities: Iterable[Any]) -> QuerySet:
    """Those who may change orders of any of these."""
    granted = "groups__municipality_permissions"
    return (
        get_user_model()
        ._default_manager.filter(
            **{
                "is_active": True,
                f"{granted}__municipality__in": municipalities,
                f"{granted}__permission__codename": "change_order",
                f"{granted}__permission__content_type__app_label": "diaspora_registrar",
            }
        )
        .order_by("pk")
        .distinct()
    )


def choices(clerks: Iterable[Any]) -> list[tuple[str, str]]:
    return [(str(clerk.pk), get_user_display_name(clerk)) for clerk in clerks]


class ClerkField(ModelChoiceField):
    def label_from_instance(self, clerk: Any) -> str:
        return get_user_display_name(clerk)
