"""What became of a piece of news of others that was passed on. It has no page, so its ledger stands here."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_diaspora.municipalities.permissions import may, municipalities_for

from ..models import Item
from . import item_ledger
from .rights import MARK


class PassedNews(WagtailAdminTemplateMixin, View):
    header_icon = "globe"
    page_title = pgettext_lazy("news of others", "Passed on")
    template_name = "diaspora_syndication/desk/passed.html"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, item: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, MARK):
            raise PermissionDenied
        mine = Item.objects.filter(municipality__in=municipalities_for(request.user, MARK))
        without_page = mine.exclude(editions__page__isnull=False).select_related("municipality", "remote")
        self.item = get_object_or_404(without_page, pk=item)
        self.facts = _facts_of(self.item, request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("do") not in item_ledger.CHANGES:
            raise Http404
        messages.success(request, item_ledger.CHANGES[request.POST["do"]](self.item, request))
        return redirect("diaspora_newsdesk:passed", self.item.pk)

    def get_page_subtitle(self) -> str:
        return self.facts["headline"]

    def get_breadcrumbs_items(self) -> list[dict]:
        listed = {"url": reverse("diaspora_remote_item:index"), "label": gettext_lazy("News of others")}
        return [*super().get_breadcrumbs_items(), listed, {"url": "", "label": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(item=self.item, **self.facts, **kwargs)


def _facts_of(item: Item, user: Any) -> dict[str, Any]:
    """Where its row has made room, the ledger still knows the headline, if anybody was told."""
    facts = item_ledger.facts_of(item, user)
    named = [item.remote, *facts["editions"], *facts["lines"]]
    origins = (edition.content.get("origin") for edition in facts["editions"])
    headline = next((one.title for one in named if one and one.title), "")
    return facts | {"headline": headline, "origin": next(filter(None, origins), None)}
