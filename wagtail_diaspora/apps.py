from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WagtailDiasporaConfig(AppConfig):
    name = "wagtail_diaspora"
    label = "wagtail_diaspora"
    verbose_name = _("Diaspora")

    def ready(self) -> None:
        from . import checks  # noqa: F401
