"""System checks of syndication: `diaspora_syndication.E0xx`."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from wagtail_diaspora import conf


@register()
def hubs_are_addresses(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if isinstance(conf.WEBSUB_HUBS, list | tuple) and all(map(_is_web_address, conf.WEBSUB_HUBS)):
        return []
    return [
        Error(
            "WEBSUB_HUBS in WAGTAIL_DIASPORA is not a list of addresses of hubs.",
            hint='Write each whole: ["https://hub.example.org/"]; our own hub needs no setting.',
            id="diaspora_syndication.E001",
        )
    ]


def _is_web_address(text: Any) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return False
    return True
