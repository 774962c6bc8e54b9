from typing import Any

from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page

from .models import AbstractNewsPage
from .models.base import PICTURE
from .models.listing import CARD


def make_renditions(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """While it is published, so that no reader of a list waits for a dozen pictures."""
    if isinstance(instance, AbstractNewsPage) and instance.picture:
        for spec in (PICTURE, CARD):
            get_rendition_or_not_found(instance.picture, spec)
