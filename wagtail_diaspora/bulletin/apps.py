from django.utils.translation import pgettext_lazy

from wagtail_diaspora.rooms import Room


class BulletinConfig(Room):
    name = "wagtail_diaspora.bulletin"
    label = "diaspora_bulletin"
    verbose_name = pgettext_lazy("diaspora", "Bulletin")
    diaspora_requires = (
        "wagtail_diaspora.vault",
        "wagtail_diaspora.outbox",
        "wagtail_diaspora.municipalities",
        "wagtail_diaspora.syndication",
    )
    diaspora_urls = "wagtail_diaspora.bulletin.urls"
    diaspora_reader_links = "wagtail_diaspora.bulletin.views.issues.READER_LINKS"
    diaspora_setup_steps = "wagtail_diaspora.bulletin.setup.STEPS"
    diaspora_item_facts = "wagtail_diaspora.bulletin.desk.item.ITEM_FACTS"

    def ready(self) -> None:
        from wagtail_diaspora.municipalities import logs, permissions
        from wagtail_diaspora.outbox import applicability

        from . import models
        from .actions import telling

        logs.register(models.Issue)
        permissions.register(models.Issue, "add", "change", "delete")
        applicability.register(telling.APPLIES, telling.is_published)
