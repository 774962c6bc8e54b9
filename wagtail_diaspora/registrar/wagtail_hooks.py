from django.urls import include, path
from wagtail import hooks

from .desk import urls
from .desk.menu import QueueMenuItem
from .desk.panel import DeskPanel
from .logged import LOGGED
from .reports import RegistrarPagesMenuItem, RegistrarPagesView
from .viewsets import BULK_ACTIONS, VIEWSETS


@hooks.register("register_log_actions")
def register_log_actions(actions):
    for name, label in LOGGED.items():
        actions.register_action(f"diaspora_registrar.{name}", label, label)


@hooks.register("register_admin_urls")
def register_admin_urls():
    report = RegistrarPagesView
    return [
        path("diaspora/orders/", include(urls)),
        path("reports/diaspora-registrar-pages/", report.as_view(), name=report.index_url_name),
        path(
            "reports/diaspora-registrar-pages/results/",
            report.as_view(results_only=True),
            name=report.index_results_url_name,
        ),
    ]


@hooks.register("register_admin_viewset")
def register_viewsets():
    return VIEWSETS


@hooks.register("register_admin_menu_item")
def register_admin_menu_item():
    return QueueMenuItem()


@hooks.register("register_reports_menu_item")
def register_pages_report():
    return RegistrarPagesMenuItem()


@hooks.register("construct_homepage_panels")
def construct_homepage_panels(request, panels):
    panel = DeskPanel(request)
    if panel.is_shown():
        panels.append(panel)


for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)
