"""Absolute addresses of what newsrooms and editors open from a mail: from the Site, never from a Host."""

from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from . import tokens
from .models import Delivery, Member, Partner

__all__ = ["desk", "invitation", "leave", "newsroom", "receipt"]


def newsroom(partner: Partner) -> str:
    """The partner's own page."""
    return _absolute(partner, "newsroom")


def leave(partner: Partner) -> str:
    """Where RFC 8058 posts to; short, for the header."""
    return _absolute(partner, "leave")


def receipt(partner: Partner, line: Delivery) -> str:
    """Where a person says that an item is there as this mail has it, or was on air."""
    return _absolute(partner, "receipt", edition=line.edition_id, version=line.version)


def invitation(member: Member) -> str:
    """Where an invited municipality joins the hub."""
    with translation.override(None):
        token = tokens.invitation_token(member)
        return member.municipality.root_url + reverse("diaspora_syndication:invitation", args=[token])


def desk(name: str, *args: Any) -> str:
    """A page of the admin, as Wagtail's own mails name it; empty where this process serves none."""
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", None) or ""
    try:
        with translation.override(None):
            return base.rstrip("/") + reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _absolute(partner: Partner, name: str, **kwargs: Any) -> str:
    kwargs["token"] = tokens.partner_token(partner)
    with translation.override(None):
        path = reverse(f"diaspora_syndication:{name}", kwargs=kwargs)
    return partner.municipality.root_url + path
