"""Who read personal data: for the head of office, reads of superusers too."""

from datetime import date
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from wagtail_diaspora.vault.models import AccessLogEntry

from ..permissions import may, municipalities_for

PERMISSION = "diaspora_vault.view_accesslogentry"


def _readers(request: HttpRequest) -> QuerySet:
    users = get_user_model()._default_manager
    return users.filter(pk__in=_entries(request.user).order_by().values("user").distinct())


def _entries(user: Any) -> QuerySet[AccessLogEntry]:
    scopes = [municipality.scope for municipality in municipalities_for(user, PERMISSION)]
    return AccessLogEntry.objects.filter(scope__in=scopes).select_related("user")


class AccessFilterSet(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)
    user = django_filters.ModelChoiceFilter(label=_("Who"), queryset=_readers)

    class Meta:
        model = AccessLogEntry
        fields = ["at", "user", "action", "by_superuser"]


class AccessReportView(ReportView):
    model = AccessLogEntry
    page_title = _("Who read personal data")
    header_icon = "view"
    index_url_name = "diaspora_access"
    index_results_url_name = "diaspora_access_results"
    filterset_class = AccessFilterSet
    default_ordering = "-at"
    list_export = ["at", "user", "by_superuser", "action", "object_label", "object_id", "count"]
    export_headings = {"object_id": _("which")}
    columns = [
        DateColumn("at", label=_("When")),
        Column("user", label=_("Who")),
        Column("action", label=_("What was done"), accessor="get_action_display"),
        Column("object_id", label=_("Which")),
        Column("count", label=_("How many")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[AccessLogEntry]:
        return _entries(self.request.user)

    def get_filename(self) -> str:
        return f"access-log-{date.today().isoformat()}"


class AccessMenuItem(MenuItem):
    def __init__(self):
        super().__init__(
            AccessReportView.page_title, reverse("diaspora_access"), icon_name="view", order=1100
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, PERMISSION)
