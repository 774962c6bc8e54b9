"""What a restored backup had waiting: somebody who knows says whether the newsroom has it."""

from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_diaspora.municipalities.permissions import may, municipalities_for

from ..actions import redelivering
from ..models import Delivery
from ..states import DeliveryState
from .rights import MARK

__all__ = ["AsideView", "aside_for"]

LINES_SHOWN = 200
SETTLED = {"has": DeliveryState.CONFIRMED, "drop": DeliveryState.CANCELLED}


def aside_for(user: Any) -> QuerySet[Delivery]:
    return Delivery.objects.aside().filter(partner__municipality__in=municipalities_for(user, MARK))


class AsideView(WagtailAdminTemplateMixin, View):
    header_icon = "history"
    page_title = gettext_lazy("Put aside after a restore")
    template_name = "diaspora_syndication/desk/aside.html"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, MARK):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        lines = aside_for(request.user).select_related("partner", "edition")
        lines = lines.order_by("partner__name", "partner", "-created_at", "-pk")[:LINES_SHOWN]
        newsrooms = [(partner, list(some)) for partner, some in groupby(lines, lambda line: line.partner)]
        return self.render_to_response(self.get_context_data(newsrooms=newsrooms))

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = [key for key in request.POST.getlist("line") if key.isdecimal()]
        lines, do = aside_for(request.user).filter(pk__in=chosen), request.POST.get("do")
        if do == "again":
            count = redelivering.redeliver(lines, user=request.user)
            said = ngettext("%(count)d delivery goes out again.", "%(count)d deliveries go out again.", count)
        elif do in SETTLED:
            count = redelivering.settle_aside(lines, state=SETTLED[do], user=request.user)
            said = ngettext("%(count)d delivery is settled.", "%(count)d deliveries are settled.", count)
        else:
            raise Http404
        messages.success(request, said % {"count": count})
        return redirect("diaspora_newsdesk:aside")
