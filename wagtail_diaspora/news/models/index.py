from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from wagtail_diaspora.compat import synchronized_fields
from wagtail_diaspora.municipalities.models import Municipality

from . import listing
from .body import RICH_TEXT
from .spoken import SpokenPage


class AbstractNewsIndexPage(SpokenPage):
    """Lists what stands below it, newest first."""

    per_page = 10

    introduction = RichTextField(_("introduction"), blank=True, features=RICH_TEXT)

    override_translatable_fields = synchronized_fields("slug")
    search_fields = [*Page.search_fields, index.SearchField("introduction")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction", help_text=_("Stands above the list; may stay empty.")),
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A host's own base template tells search engines `page.search_description`, if there is one."""
        from ..forms import NewsFilterForm

        self.search_description = self.search_description or _in_short(self.introduction)
        everything = listing.below(self)
        filters = NewsFilterForm(request.GET, years=listing.years(everything))
        wanted = filters.wanted()
        found = listing.narrowed(everything, **wanted).defer_streamfields().specific()
        shown = Paginator(found, self.per_page).get_page(request.GET.get("page"))
        shown.object_list = listing.with_pictures(shown.object_list)
        return {
            **super().get_context(request, *args, **kwargs),
            "filters": filters,
            "filtered": bool(wanted),
            "listed": shown,
            "examples_url": _examples_url(request),
        }


def _in_short(introduction: str) -> str:
    return Truncator(get_text_for_indexing(introduction)).words(30)


def _examples_url(request: HttpRequest) -> str:
    """Where examples of good practice are searched; empty where nobody tells the diaspora of them."""
    try:
        with translation.override(None):
            url = reverse("diaspora_syndication:good_practice")
    except NoReverseMatch:
        return ""
    return url if Municipality.objects.for_request(request).exists() else ""


class NewsIndexPage(AbstractNewsIndexPage):
    template = "diaspora_news/news_index_page.html"
    page_description = _("Lists news, events and examples of good practice, by topic, kind and year.")
    subpage_types = ["diaspora_news.NewsPage", "diaspora_news.EventPage", "diaspora_news.GoodPracticePage"]

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def __str__(self) -> str:
        return self.title
