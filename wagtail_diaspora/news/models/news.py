from django.utils.translation import gettext_lazy as _

from .base import INDEX_PAGE, AbstractNewsPage


class NewsPage(AbstractNewsPage):
    template = "diaspora_news/news_page.html"
    page_description = _("One piece of news for people at home and abroad.")
    parent_page_types = [INDEX_PAGE]

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("pieces of news")

    def __str__(self) -> str:
        return self.title
