"""Absolute addresses of citizens' pages and of the case in the admin: from the Site, never from a Host."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils import translation

from wagtail_diaspora.municipalities.models import Municipality

from . import tokens
from .models import Draft, Order

GAPS = {"token": "token-of-somebody", "draft": UUID(int=1), "order": UUID(int=2), "file": UUID(int=3)}
"""What stands in an address that is remembered, in place of what is one visitor's."""


def address(name: str, **kwargs: Any) -> str:
    """A path, the same whatever language is active, also where the include stands in i18n patterns."""
    mount = (get_script_prefix(), get_urlconf(settings.ROOT_URLCONF))
    path = _path(name, mount, **{key: GAPS.get(key, value) for key, value in kwargs.items()})
    for key in GAPS.keys() & kwargs.keys():
        path = path.replace(str(GAPS[key]), str(kwargs[key]))
    return path


@lru_cache(maxsize=1024)
def _path(name: str, mount: tuple[str, str], **kwargs: Any) -> str:
    """Remembered, since one page shows many and a reversal takes longer than a row of it."""
    with translation.override(None):
        return reverse(f"diaspora_registrar:{name}", kwargs=kwargs, urlconf=mount[1])


def absolute(municipality: Municipality, name: str, **kwargs: Any) -> str:
    return municipality.root_url + address(name, **kwargs)


def tracking(order: Order) -> str:
    return absolute(order.municipality, "open_case", token=tokens.tracking_token(order))


def desk(order: Order) -> str:
    """Where the clerk works on it; empty where this process serves no admin.

    As Wagtail's own mails it starts at `WAGTAILADMIN_BASE_URL`, where that is set.
    """
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", None) or order.municipality.root_url
    try:
        with translation.override(None):
            return base.rstrip("/") + reverse("diaspora_desk:case", args=[order.pk])
    except NoReverseMatch:
        return ""


def confirm(order: Order, address: str) -> str:
    return absolute(order.municipality, "confirm_email", token=tokens.confirm_token(order, address))


def resume(draft: Draft) -> str:
    return absolute(draft.municipality, "resume", token=tokens.resume_token(draft))


def proof(municipality: Municipality, code: str) -> str:
    return absolute(municipality, "proof", code=code)
