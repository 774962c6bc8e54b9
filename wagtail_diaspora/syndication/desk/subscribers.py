"""Whom our hub sends the feeds, how it goes, and an end to it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from wagtail_diaspora.municipalities.exports import SafeExportMixin
from wagtail_diaspora.municipalities.permissions import may, municipalities_for

from ..actions import hub
from ..models import Subscription
from ..states import SubscriptionState

__all__ = ["EndSubscription", "SubscribersMenuItem", "SubscribersView"]

CHANGE = "diaspora_syndication.change_syndicationsettings"


def subscriptions_for(user: Any) -> QuerySet[Subscription]:
    """Who does not take what is sent stands first, the longest of them before all."""
    mine = Subscription.objects.confirmed().filter(channel__municipality__in=municipalities_for(user, CHANGE))
    newest = (F("failing_since").asc(nulls_last=True), "-began_at", "pk")
    return mine.select_related("channel__municipality").order_by(*newest)


class EndColumn(Column):
    cell_template_name = "diaspora_syndication/desk/subscriber_cell.html"


class SubscribersView(SafeExportMixin, ReportView):
    model = Subscription
    page_title = gettext_lazy("Subscribers of the feeds")
    header_icon = "link"
    index_url_name = "diaspora_news_subscribers"
    index_results_url_name = "diaspora_news_subscribers_results"
    columns = [
        Column("host", label=gettext_lazy("Server of the subscriber")),
        Column("path", label=pgettext_lazy("subscription", "Feed")),
        Column("channel.municipality", label=gettext_lazy("Municipality")),
        Column("get_state_display", label=pgettext_lazy("subscription", "State")),
        DateColumn("began_at", label=pgettext_lazy("subscription", "Since")),
        DateColumn("lease_until", label=pgettext_lazy("subscription", "Until")),
        DateColumn("pushed_at", label=gettext_lazy("Last taken")),
        DateColumn("failing_since", label=gettext_lazy("Not taken since")),
        EndColumn("pk", label=pgettext_lazy("subscription", "Decision")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, CHANGE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Subscription]:
        return subscriptions_for(self.request.user)


class EndSubscription(WagtailAdminTemplateMixin, View):
    """Asked first; a GET changes nothing."""

    header_icon = SubscribersView.header_icon
    page_title = gettext_lazy("End the subscription")
    template_name = "diaspora_syndication/desk/subscriber.html"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, subscription: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, CHANGE):
            raise PermissionDenied
        self.subscription = get_object_or_404(subscriptions_for(request.user), pk=subscription)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        is_over = self.subscription.state == SubscriptionState.ENDED
        return self.render_to_response(self.get_context_data(subscription=self.subscription, is_over=is_over))

    def post(self, request: HttpRequest) -> HttpResponse:
        if hub.stop(self.subscription, user=request.user):
            messages.success(request, _("The subscription has ended. Nothing is sent there any more."))
        return redirect(SubscribersView.index_url_name)

    def get_page_subtitle(self) -> str:
        return self.subscription.host

    def get_breadcrumbs_items(self) -> list[dict]:
        listed = {"url": reverse(SubscribersView.index_url_name), "label": SubscribersView.page_title}
        return [*super().get_breadcrumbs_items(), listed, {"url": "", "label": self.subscription.host}]


class SubscribersMenuItem(MenuItem):
    def __init__(self):
        url = reverse(SubscribersView.index_url_name)
        super().__init__(SubscribersView.page_title, url, icon_name=SubscribersView.header_icon, order=1125)

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, CHANGE)
