"""Published pages of registered types about which nobody has decided yet."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.context_processors import csrf
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from wagtail_diaspora.municipalities.exports import SafeExportMixin
from wagtail_diaspora.municipalities.permissions import may, municipalities_for

from ..actions.deciding import undecided_in
from .rights import MARK

__all__ = ["UndecidedMenuItem", "UndecidedView"]

MOST = 1000
"""Pages that are counted; those behind them move up as one decides."""
FIRST_PUBLISHED = pgettext_lazy("news", "First published")


class BoundedPaginator(Paginator):
    @cached_property
    def count(self) -> int:
        return self.object_list[:MOST].count()


class TitleColumn(Column):
    cell_template_name = "diaspora_syndication/desk/title_cell.html"


class DecisionColumn(Column):
    cell_template_name = "diaspora_syndication/desk/decision_cell.html"

    def get_cell_context_data(self, instance: Page, parent_context: Any) -> dict[str, Any]:
        """Wagtail's cells have no token of the request's, and these have buttons that post."""
        return super().get_cell_context_data(instance, parent_context) | csrf(parent_context["request"])


class UndecidedView(SafeExportMixin, ReportView):
    model = Page
    page_title = _("News that nobody decided about")
    header_icon = "globe"
    template_name = "diaspora_syndication/desk/report.html"
    paginator_class = BoundedPaginator
    index_url_name = "diaspora_news_undecided"
    index_results_url_name = "diaspora_news_undecided_results"
    list_export = ["title", "first_published_at"]
    columns = [
        TitleColumn("title", label=_("Page with news")),
        DateColumn("first_published_at", label=FIRST_PUBLISHED),
        DecisionColumn("pk", label=_("Is it for the diaspora?")),
    ]
    export_headings = {"title": _("Page with news"), "first_published_at": FIRST_PUBLISHED}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, MARK):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Page]:
        return undecided_in(municipalities_for(self.request.user, MARK).select_related("site__root_page"))

    def get_filename(self) -> str:
        return "undecided-news"


class UndecidedMenuItem(MenuItem):
    def __init__(self):
        url = reverse(UndecidedView.index_url_name)
        super().__init__(UndecidedView.page_title, url, icon_name=UndecidedView.header_icon, order=1120)

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, MARK)
