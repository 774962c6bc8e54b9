"""Who read personal data: for the head of office, reads of superusers too."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from wagtail_diaspora.vault import access
from wagtail_diaspora.vault.models import AccessLogEntry

from ..exports import SafeExportMixin
from ..permissions import may, municipalities_for

PERMISSION = "diaspora_vault.view_accesslogentry"


def _readers(request: HttpRequest) -> QuerySet:
    users = get_user_model()._default_manager
    return users.filter(pk__in=_entries(request.user).order_by().values("user").distinct())


def _kind(entry: AccessLogEntry) -> str:
    try:
        options = apps.get_model(entry.object_label)._meta
    except (LookupError, ValueError):
        return entry.object_label
    return str(options.verbose_name if entry.object_id else options.verbose_name_plural)


def _entries(user: Any) -> QuerySet[AccessLogEntry]:
    scopes = [municipality.scope for municipality in municipalities_for(user, PERMISSION)]
    return AccessLogEntry.objects.filter(scope__in=scopes).select_related("user")


class AccessFilterSet(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)
    user = django_filters.ModelChoiceFilter(label=_("Who"), queryset=_readers)

    class Meta:
        model = AccessLogEntry
        fields = ["at", "user", "action", "by_superuser"]


class AccessReportView(SafeExportMixin, ReportView):
    model = AccessLogEntry
    page_title = _("Who read personal data")
    header_icon = "view"
    index_url_name = "diaspora_access"
    index_results_url_name = "diaspora_access_results"
    filterset_class = AccessFilterSet
    default_ordering = "-at"
    list_export = ["at", "user", "by_superuser", "get_action_display", "what", "object_id", "count"]
    export_headings = {
        "get_action_display": _("What was done"),
        "what": _("Which"),
        "object_id": pgettext_lazy("diaspora", "Key"),
    }
    columns = [
        DateColumn("at", label=_("When")),
        Column("user", label=_("Who")),
        BooleanColumn("by_superuser", label=_("By a superuser")),
        Column("action", label=_("What was done"), accessor="get_action_display"),
        TitleColumn("what", label=_("Which"), get_url=lambda entry: entry.address),
        Column("count", label=_("How many")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[AccessLogEntry]:
        return _entries(self.request.user)

    def decorate_paginated_queryset(self, entries: Sequence[AccessLogEntry]) -> Sequence[AccessLogEntry]:
        """Say what was read as the office calls it; the entry itself has a key only."""
        names = access.names_of(entries)
        for entry in entries:
            name, entry.address = names.get((entry.object_label, entry.object_id), ("", ""))
            entry.what = f"{_kind(entry)} {name}".strip()
        return entries

    def get_filename(self) -> str:
        return f"access-log-{date.today().isoformat()}"


class AccessMenuItem(MenuItem):
    def __init__(self):
        super().__init__(
            AccessReportView.page_title, reverse("diaspora_access"), icon_name="view", order=1100
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, PERMISSION)
