"""Where the supported versions of Wagtail and Django, and hosts with and without an add-on, differ.

Public API: `register_permission_policy`, `register_log`, `synchronized_fields`, `migration_that_makes`,
`mail_backend`, `connect_mail`.
"""

import pkgutil
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from wagtail.log_actions import registry

__all__ = [
    "connect_mail",
    "is_joined_in_site_history",
    "mail_backend",
    "migration_that_makes",
    "register_log",
    "register_permission_policy",
    "synchronized_fields",
]

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def mail_backend(name: str | None) -> str:
    """Dotted path of the mail back end `name`, or of the host's own.

    Where a host has the `MAILERS` of Django 6.1, `name` is one of them, and `EMAIL_BACKEND` is gone. Raises
    ImportError where it is none.
    """
    mailers = _mailers()
    if mailers is None:
        return name or settings.EMAIL_BACKEND
    if name and name not in mailers:
        raise ImportError(f"{name} is not in MAILERS.")
    return mailers.settings.get(name or "default", {}).get("BACKEND", SMTP)


def connect_mail(name: str | None) -> BaseEmailBackend:
    """The back end of which `mail_backend` tells the path."""
    mailers = _mailers()
    if mailers is None:
        return get_connection(name)
    return mailers[name or "default"]


def _mailers() -> Any:
    try:
        from django.core.mail import mailers
    except ImportError:
        return None
    return mailers if hasattr(settings, "MAILERS") else None


def register_permission_policy(model: type[models.Model], policy: Any) -> None:
    """Tell Wagtail 8 the policy of a model; 7.4 has no registry and asks the viewset."""
    try:
        from wagtail.permissions import policy_registry
        from wagtail.permissions import register_permission_policy as register
    except ImportError:
        return
    if policy_registry.get_by_type(model, fallback=False) is None:
        register(model, policy, exact_class=True)


def register_log(model: type[models.Model], log_entry_model: type[models.Model]) -> None:
    """Tell Wagtail in which table the changes of a model are logged, and let Site history show that, too.

    From three tables on, Django 6.1 refuses on SQLite the union that Site history asks for (it gives the
    inner one an order): there the report goes on with Wagtail's two, and ours stand with each object.
    """
    if is_joined_in_site_history():
        registry.register_model(model, log_entry_model)
    else:
        registry.log_entry_models_by_type.register(model, value=log_entry_model)


def is_joined_in_site_history() -> bool:
    """Whether Site history can show a log other than Wagtail's own."""
    return django.VERSION < (6, 1) or connection.features.supports_slicing_ordering_in_compound


def synchronized_fields(*names: str) -> list[Any]:
    """`override_translatable_fields`: wagtail-localize, where it is, leaves these as they are."""
    try:
        from wagtail_localize.fields import SynchronizedField
    except ImportError:
        return []
    return [SynchronizedField(name) for name in names]


def migration_that_makes(model: str) -> tuple[str, str]:
    """On which a migration with a key to a model of the host depends; `model` is `app_label.Name`.

    Django's `swappable_dependency` knows only an app's first migration. One that makes the users is always
    before Wagtail's tables, so where the same app has the images too, they come in a later one.
    """
    app_label, name = model.lower().split(".")
    for migration in _migrations_of(app_label):
        made = [op.name_lower for op in migration.operations if isinstance(op, migrations.CreateModel)]
        if name in made:
            return app_label, migration.__module__.rpartition(".")[2]
    return app_label, "__first__"


def _migrations_of(app_label: str) -> list[type[migrations.Migration]]:
    """In the order of their names; none where the host switched them off."""
    path, _explicit = MigrationLoader.migrations_module(app_label)
    if path is None:
        return []
    names = [name for _finder, name, _is_package in pkgutil.iter_modules(import_module(path).__path__)]
    modules = [import_module(f"{path}.{name}") for name in sorted(names) if name[0] not in "_~"]
    return [module.Migration for module in modules if hasattr(module, "Migration")]
