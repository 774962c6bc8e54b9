from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .desk import urls
from .viewsets import VIEWSETS

LOGGED = {
    "taken": _("Taken into the bulletin"),
    "put_back": _("Taken out of the bulletin"),
    "passed_over": _("Passed over: not for the bulletin"),
    "proposed_again": _("Proposed to the bulletin again"),
    "published": _("Issue of the bulletin published"),
    "taken_back": _("Issue of the bulletin taken back"),
}


@hooks.register("register_log_actions")
def register_log_actions(actions):
    for name, label in LOGGED.items():
        actions.register_action(f"diaspora_bulletin.{name}", label, label)


@hooks.register("register_admin_urls")
def register_admin_urls():
    return [path("diaspora/bulletin/", include(urls))]


@hooks.register("register_admin_viewset")
def register_viewsets():
    return VIEWSETS
