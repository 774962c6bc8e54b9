from django.apps import AppConfig


class HostConfig(AppConfig):
    """A small Wagtail site that the package is a guest in."""

    name = "tests.host"
    label = "host"
    default_auto_field = "django.db.models.BigAutoField"
