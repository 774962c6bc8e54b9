from django.apps import AppConfig


class TownConfig(AppConfig):
    """The website that a town has already, before wagtail-diaspora is added."""

    name = "town"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_diaspora.syndication.sources import register_source

        from .models import NewsPage

        register_source(NewsPage, summary="summary", body="body")
