"""Where the supported versions of Wagtail, and hosts with and without an add-on, differ.

Public API: `register_permission_policy`, `synchronized_fields`.
"""

from typing import Any

from django.db import models

__all__ = ["register_permission_policy", "synchronized_fields"]


def register_permission_policy(model: type[models.Model], policy: Any) -> None:
    """Tell Wagtail 8 the policy of a model; 7.4 has no registry and asks the viewset."""
    try:
        from wagtail.permissions import policy_registry
        from wagtail.permissions import register_permission_policy as register
    except ImportError:
        return
    if policy_registry.get_by_type(model, fallback=False) is None:
        register(model, policy, exact_class=True)


def synchronized_fields(*names: str) -> list[Any]:
    """`override_translatable_fields`: wagtail-localize, where it is, leaves these as they are."""
    try:
        from wagtail_localize.fields import SynchronizedField
    except ImportError:
        return []
    return [SynchronizedField(name) for name in names]
