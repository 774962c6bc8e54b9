"""Message-IDs: the same for every try, so that a mail program shows a repeated mail once."""

from __future__ import annotations

import re
from contextlib import suppress
from email.headerregistry import Address
from email.utils import parseaddr
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from wagtail_diaspora import conf

if TYPE_CHECKING:
    from .models import Message

__all__ = ["bare_address", "in_name_of", "keys_in", "mailbox_of", "message_id_of"]

MESSAGE_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")


def message_id_of(message: Message, *, sender: str | None = None) -> str:
    return f"<{message.pk}@{domain(sender or conf.DEFAULT_FROM_EMAIL or settings.DEFAULT_FROM_EMAIL)}>"


def in_name_of(name: str) -> str:
    """A sender for `Mail`: the usual address, in the name of whoever speaks."""
    usual = bare_address(conf.DEFAULT_FROM_EMAIL or settings.DEFAULT_FROM_EMAIL)
    return str(Address(display_name=name, addr_spec=usual))


def keys_in(message_ids: str) -> list[UUID]:
    """Keys of messages in a header of Message-IDs, of which others may be somebody else's."""
    return [UUID(key) for key in dict.fromkeys(MESSAGE_ID.findall(message_ids))]


def bare_address(address: str) -> str:
    """Without a display name."""
    return parseaddr(address)[1]


def mailbox_of(address: str) -> str:
    """To compare with: in one case, its host as mail servers write it, in ASCII."""
    name, at, host = bare_address(address).rpartition("@")
    with suppress(UnicodeError):
        host = host.encode("idna").decode("ascii")
    return f"{name}{at}{host}".casefold()


def domain(address: str) -> str:
    """Of the sender, in ASCII; what cannot be a host name gives way to a fixed one."""
    name = bare_address(address).rpartition("@")[2]
    try:
        return name.encode("idna").decode("ascii") or "localhost"
    except UnicodeError:
        return "localhost"
