from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.rooms import Room


class MunicipalitiesConfig(Room):
    name = "wagtail_diaspora.municipalities"
    label = "diaspora_municipalities"
    verbose_name = _("Municipalities")
    diaspora_requires = ("wagtail_diaspora.vault", "wagtail_diaspora.outbox")
    diaspora_setup_steps = "wagtail_diaspora.municipalities.setup.STEPS"

    def ready(self) -> None:
        from wagtail_diaspora.vault import scopes
        from wagtail_diaspora.vault.models import AccessLogEntry

        from . import logs, permissions
        from .models import Account, Closure, Holiday, Municipality

        for model in (Municipality, Holiday, Closure, Account):
            logs.register(model)
        permissions.register(Municipality, "change")
        for model in (Holiday, Closure, Account):
            permissions.register(model, "add", "change", "delete")
        permissions.register(AccessLogEntry, "view")
        scopes.register("municipality", _scopes_of)


def _scopes_of(user: Any) -> list[str] | None:
    from .permissions import municipalities_of

    if user.is_superuser:
        return None
    return [municipality.scope for municipality in municipalities_of(user)]
