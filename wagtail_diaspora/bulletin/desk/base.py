"""What every page of the desk has that is about one issue."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..actions.telling import link_to
from .rights import issue_for

__all__ = ["OfIssue"]


class OfIssue(WagtailAdminTemplateMixin, View):
    header_icon = "doc-full-inverse"
    page_title = pgettext_lazy("diaspora", "Issue of the bulletin")
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, issue: int, **kwargs: Any) -> HttpResponse:
        self.issue = issue_for(request.user, issue)
        return super().dispatch(request, *args, **kwargs)

    @property
    def own_url(self) -> str:
        return reverse("diaspora_bulletindesk:issue", args=[self.issue.pk])

    def get_page_subtitle(self) -> str:
        return str(self.issue)

    def get_breadcrumbs_items(self) -> list[dict]:
        listed = {"url": reverse("diaspora_issue:index"), "label": pgettext_lazy("diaspora", "Bulletin")}
        return [*super().get_breadcrumbs_items(), listed, {"url": self.own_url, "label": str(self.issue)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        public = "" if self.issue.is_draft else link_to(self.issue)
        return super().get_context_data(issue=self.issue, public=public, **kwargs)
