from django.urls import path
from wagtail import hooks

from .forms import MunicipalityPermissionsFormSet
from .views.access_report import AccessMenuItem, AccessReportView
from .viewsets import OFFICE, TopicViewSet


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [*OFFICE, TopicViewSet()]


@hooks.register("register_group_permission_panel")
def register_group_panel():
    return MunicipalityPermissionsFormSet


@hooks.register("register_admin_urls")
def register_admin_urls():
    return [
        path("reports/diaspora-access/", AccessReportView.as_view(), name="diaspora_access"),
        path(
            "reports/diaspora-access/results/",
            AccessReportView.as_view(results_only=True),
            name="diaspora_access_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_access_report():
    return AccessMenuItem()
