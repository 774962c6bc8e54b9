"""The ledger of a municipality: which item went to whom, and what is known of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, TextChoices
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton

from wagtail_diaspora.municipalities.exports import LongExportMixin
from wagtail_diaspora.municipalities.permissions import may, municipalities_for

from ..models import Delivery, Partner
from ..states import ChangeKind, DeliveryState, Way

__all__ = ["VIEW", "HeadlineColumn", "LedgerMenuItem", "LedgerView", "StateColumn", "lines_for"]

VIEW = "diaspora_syndication.view_delivery"
EXPORTED = (
    *("title", "version", "kind", "way", "state", "created_at", "sent_at", "accepted_at", "fetched_at"),
    *("confirmed_at", "aired_on", "bounced_at", "partner__name", "edition__language"),
)


def lines_for(user: Any) -> QuerySet[Delivery]:
    mine = Delivery.objects.filter(partner__municipality__in=municipalities_for(user, VIEW))
    return mine.select_related("partner__municipality", "edition").defer("edition__words", "edition__picture")


def _partners(request: HttpRequest) -> QuerySet[Partner]:
    return Partner.objects.filter(municipality__in=municipalities_for(request.user, VIEW))


class LedgerFilterSet(WagtailFilterSet):
    created_at = django_filters.DateFromToRangeFilter(
        label=pgettext_lazy("delivery of news", "Told on"), widget=DateRangePickerWidget
    )
    partner = django_filters.ModelChoiceFilter(label=_("Media partner"), queryset=_partners)
    state = django_filters.MultipleChoiceFilter(
        label=pgettext_lazy("delivery of news", "State"),
        choices=DeliveryState.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = django_filters.ChoiceFilter(label=_("What was told"), choices=ChangeKind.choices)

    class Meta:
        model = Delivery
        fields = ["created_at", "partner", "state", "kind"]


class HeadlineColumn(Column):
    cell_template_name = "diaspora_syndication/desk/headline_cell.html"


class StateColumn(Column):
    cell_template_name = "diaspora_syndication/desk/state_cell.html"


def _labels(choices: type[TextChoices]) -> dict[str, Callable]:
    """By format. Django would translate all choices of a field to say one."""
    return dict.fromkeys(LongExportMixin.FORMATS, lambda value: str(choices(value).label))


class LedgerView(LongExportMixin, ReportView):
    model = Delivery
    page_title = _("What became of the news")
    header_icon = "list-ul"
    template_name = "diaspora_syndication/desk/report.html"
    index_url_name = "diaspora_news_ledger"
    index_results_url_name = "diaspora_news_ledger_results"
    filterset_class = LedgerFilterSet
    default_ordering = "-created_at"
    columns = [
        HeadlineColumn("title", label=pgettext_lazy("news item", "Headline")),
        Column("kind", label=_("What was told"), accessor="get_kind_display"),
        Column("partner", label=_("Media partner")),
        StateColumn("state", label=pgettext_lazy("delivery of news", "State"), accessor="get_state_display"),
        DateColumn("state_at", label=pgettext_lazy("delivery of news", "Since"), sort_key="state_at"),
        DateColumn("created_at", label=pgettext_lazy("delivery of news", "Told on"), sort_key="created_at"),
    ]
    list_export = [
        *("title", "edition.language", "version", "kind", "partner", "way"),
        *("get_state_display", "created_at", "sent_at", "accepted_at", "fetched_at", "confirmed_at"),
        *("aired_on", "bounced_at"),
    ]
    custom_field_preprocess = {"kind": _labels(ChangeKind), "way": _labels(Way)}
    export_headings = {
        "title": pgettext_lazy("news item", "Headline"),
        "edition.language": _("Language of the news"),
        "kind": _("What was told"),
        "partner": _("Media partner"),
        "way": pgettext_lazy("delivery of news", "Way"),
        "get_state_display": pgettext_lazy("delivery of news", "State"),
        "created_at": pgettext_lazy("delivery of news", "Told on"),
        "sent_at": DeliveryState.SENT.label,
        "accepted_at": DeliveryState.ACCEPTED.label,
        "fetched_at": DeliveryState.FETCHED.label,
        "confirmed_at": DeliveryState.CONFIRMED.label,
        "aired_on": DeliveryState.AIRED.label,
        "bounced_at": DeliveryState.BOUNCED.label,
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, VIEW):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Delivery]:
        """For a file no more is read than it says."""
        lines = lines_for(self.request.user)
        if not self.is_export:
            return lines
        return lines.select_related(None).select_related("partner", "edition").only(*EXPORTED)

    @property
    def header_buttons(self) -> list[HeaderButton]:
        proof, hub = reverse("diaspora_newsdesk:proof"), reverse("diaspora_news_hub_ledger")
        return [
            HeaderButton(_("The month's proof"), proof, icon_name="doc-full", priority=10),
            HeaderButton(_("Through the hub"), hub, icon_name="site", priority=20),
        ]

    def get_filename(self) -> str:
        return f"ledger-{date.today().isoformat()}"


class LedgerMenuItem(MenuItem):
    def __init__(self):
        url = reverse(LedgerView.index_url_name)
        super().__init__(LedgerView.page_title, url, icon_name=LedgerView.header_icon, order=1115)

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, VIEW)
