from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.rooms import Room


class RegistrarConfig(Room):
    name = "wagtail_diaspora.registrar"
    label = "diaspora_registrar"
    verbose_name = _("Virtual registrar")
    diaspora_requires = (
        "wagtail_diaspora.vault",
        "wagtail_diaspora.outbox",
        "wagtail_diaspora.municipalities",
    )
