from django.urls import include, path
from wagtail import hooks

from .desk import urls
from .desk.menu import QueueMenuItem
from .desk.panel import DeskPanel
from .logged import LOGGED
from .viewsets import BULK_ACTIONS, VIEWSETS


@hooks.register("register_log_actions")
def register_log_actions(actions):
    for name, label in LOGGED.items():
        actions.register_action(f"diaspora_registrar.{name}", label, label)


@hooks.register("register_admin_urls")
def register_admin_urls():
    return [path("diaspora/orders/", include(urls))]


@hooks.register("register_admin_viewset")
def register_viewsets():
    return VIEWSETS


@hooks.register("register_admin_menu_item")
def register_admin_menu_item():
    return QueueMenuItem()


@hooks.register("construct_homepage_panels")
def construct_homepage_panels(request, panels):
    panel = DeskPanel(request)
    if panel.is_shown():
        panels.append(panel)


for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)
