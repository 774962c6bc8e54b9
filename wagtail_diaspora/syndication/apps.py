from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.rooms import Room


class SyndicationConfig(Room):
    name = "wagtail_diaspora.syndication"
    label = "diaspora_syndication"
    verbose_name = _("Syndication")
    diaspora_requires = (
        "wagtail_diaspora.vault",
        "wagtail_diaspora.outbox",
        "wagtail_diaspora.municipalities",
    )
