"""Who works on the orders of an office."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet


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
