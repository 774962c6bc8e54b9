"""Message-IDs: the same for every try, so that a mail program shows a repeated mail once."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings

from wagtail_diaspora import conf

if TYPE_CHECKING:
    from .models import Message

__all__ = ["bare_address", "message_id_of"]


def message_id_of(message: Message, *, sender: str | None = None) -> str:
    return f"<{message.pk}@{domain(sender or conf.DEFAULT_FROM_EMAIL or settings.DEFAULT_FROM_EMAIL)}>"


def bare_address(address: str) -> str:
    """Without a display name."""
    return parseaddr(address)[1]


def domain(address: str) -> str:
    """Of the sender, in ASCII; what cannot be a host name gives way to a fixed one."""
    name = bare_address(address).rpartition("@")[2]
    try:
        return name.encode("idna").decode("ascii") or "localhost"
    except UnicodeError:
        return "localhost"
