"""The way from a page to its decision: in the header of its editor and in listings."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from .rights import decider

LABEL = _("For the diaspora")


def page_buttons(page: Page, user: Any, *_args: Any, **_kwargs: Any) -> Iterator[Button]:
    if page.pk and decider(user, page):
        yield Button(LABEL, reverse("diaspora_newsdesk:page", args=[page.pk]), icon_name="globe", priority=68)
