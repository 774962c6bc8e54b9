from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.rooms import Room


class MunicipalitiesConfig(Room):
    name = "wagtail_diaspora.municipalities"
    label = "diaspora_municipalities"
    verbose_name = _("Municipalities")
    diaspora_requires = ("wagtail_diaspora.vault", "wagtail_diaspora.outbox")
