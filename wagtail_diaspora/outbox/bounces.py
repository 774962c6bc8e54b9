"""A mail that came back after it was sent, whoever says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .categories import Category, of_bounce

__all__ = ["Bounce", "reason"]

REPLY = re.compile(r"\s*(?:smtp;\s*)?([45]\d\d\b)?[\s-]*#?([45]\.\d{1,3}\.\d{1,3}\b)?", re.I)


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """`recipients` are as `identity.mailbox_of` writes them. `at` is a moment not before the sending that
    failed, by which that is told from a later one; None where it is not known."""

    messages: tuple[UUID, ...]
    recipients: frozenset[str]
    category: Category
    code: str
    at: datetime | None


def reason(reply: str, status: str = "") -> tuple[Category, str]:
    """From the start of an SMTP reply ("smtp; 550 5.1.1 …"), else from RFC 3463's status, which is vaguer.

    No word of the reply is kept: it quotes the address.
    """
    code, enhanced = REPLY.match(reply).groups(default="")
    enhanced = enhanced or (REPLY.match(status)[2] or "")
    return of_bounce(int(code or 0), enhanced), f"{code} {enhanced}".strip()
