"""System checks of the news: `diaspora_news.W0xx`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register


@register()
def recordings_can_be_uploaded(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The list that `wagtail start` writes has no sound."""
    accepted = getattr(settings, "WAGTAILDOCS_EXTENSIONS", None)
    if not accepted or "mp3" in map(str.lower, accepted):
        return []
    return [
        Warning(
            "WAGTAILDOCS_EXTENSIONS lets nobody upload a recording for radio.",
            hint='Add "mp3" to WAGTAILDOCS_EXTENSIONS.',
            id="diaspora_news.W001",
        )
    ]
