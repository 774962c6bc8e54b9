from django.apps import AppConfig


class TownConfig(AppConfig):
    """The website that a town has already, before wagtail-diaspora is added."""

    name = "town"
    default_auto_field = "django.db.models.BigAutoField"
