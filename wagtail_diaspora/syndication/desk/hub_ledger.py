"""The hub's lines about a municipality's items: which newsroom heard of which through it."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from wagtail_diaspora.municipalities.exports import LongExportMixin
from wagtail_diaspora.municipalities.permissions import may, municipalities_for

from ..models import HubLine
from ..states import ChangeKind, DeliveryState
from .ledger import VIEW, LedgerView, StateColumn

__all__ = ["HubLedgerView"]


class HubLedgerFilterSet(WagtailFilterSet):
    created_at = django_filters.DateFromToRangeFilter(
        label=pgettext_lazy("delivery of news", "Told on"), widget=DateRangePickerWidget
    )
    newsroom = django_filters.CharFilter(label=_("Newsroom"), lookup_expr="icontains")
    state = django_filters.MultipleChoiceFilter(
        label=pgettext_lazy("delivery of news", "State"),
        choices=DeliveryState.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = django_filters.ChoiceFilter(label=_("What was told"), choices=ChangeKind.choices)

    class Meta:
        model = HubLine
        fields = ["created_at", "newsroom", "state", "kind"]


class HubLedgerView(LongExportMixin, ReportView):
    model = HubLine
    page_title = _("Through the hub")
    header_icon = "site"
    template_name = "diaspora_syndication/desk/report.html"
    index_url_name = "diaspora_news_hub_ledger"
    index_results_url_name = "diaspora_news_hub_ledger_results"
    filterset_class = HubLedgerFilterSet
    default_ordering = "-created_at"
    columns = [
        Column("title", classname="diaspora-news-title", label=pgettext_lazy("news item", "Headline")),
        Column("kind", label=_("What was told"), accessor="get_kind_display"),
        Column("newsroom", label=_("Newsroom")),
        Column("hub", label=pgettext_lazy("delivery of news", "Through")),
        StateColumn("state", label=pgettext_lazy("delivery of news", "State"), accessor="get_state_display"),
        DateColumn("state_at", label=pgettext_lazy("delivery of news", "Since"), sort_key="state_at"),
        DateColumn("created_at", label=pgettext_lazy("delivery of news", "Told on"), sort_key="created_at"),
    ]
    list_export = [
        *("title", "language", "version", "kind", "newsroom", "hub", "way"),
        *("get_state_display", "created_at", "sent_at", "accepted_at", "fetched_at", "confirmed_at"),
        *("aired_on", "bounced_at"),
    ]
    custom_field_preprocess = LedgerView.custom_field_preprocess
    export_headings = {
        **LedgerView.export_headings,
        "language": _("Language of the news"),
        "newsroom": _("Newsroom"),
        "hub": pgettext_lazy("delivery of news", "Through"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, VIEW):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[HubLine]:
        mine = municipalities_for(self.request.user, VIEW)
        return HubLine.objects.filter(membership__municipality__in=mine)

    def get_filename(self) -> str:
        return f"hub-ledger-{date.today().isoformat()}"
