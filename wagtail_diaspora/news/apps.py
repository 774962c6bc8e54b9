from django.utils.translation import pgettext_lazy

from wagtail_diaspora.rooms import Room


class NewsConfig(Room):
    name = "wagtail_diaspora.news"
    label = "diaspora_news"
    verbose_name = pgettext_lazy("diaspora", "News")
    diaspora_requires = (
        "wagtail_diaspora.vault",
        "wagtail_diaspora.outbox",
        "wagtail_diaspora.municipalities",
    )
    diaspora_urls = "wagtail_diaspora.news.urls"
    diaspora_setup_steps = "wagtail_diaspora.news.setup.STEPS"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from . import checks, receivers  # noqa: F401

        page_published.connect(receivers.make_renditions, dispatch_uid="diaspora:news-renditions")
