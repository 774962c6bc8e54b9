"""Delivery status notifications (RFC 3464): what a mail server writes when it could not deliver after all.

Public API: `read`, `MOST_BYTES`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import Message as Email
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parsedate_to_datetime
from uuid import UUID

from .bounces import Bounce, reason
from .identity import keys_in, mailbox_of

__all__ = ["MOST_BYTES", "read"]

MOST_BYTES = 256 * 1024
"""What is read of a notification; the returned mail comes last, and only its first lines are of use."""
MOST_SEMICOLONS, MOST_BOUNDARIES = 5_000, 50
STATUS = "message/delivery-status"


def read(content: bytes) -> Bounce | None:
    """None for a mail that is no notification, or not of a delivery that failed for good."""
    content = content[:MOST_BYTES]
    if _is_laborious(content):
        return None
    try:
        report = BytesParser().parsebytes(content)
    except RecursionError:
        return None
    parts = _parts(report)
    failed = [block for part in parts if part.get_content_type() == STATUS for block in _failed(part)]
    if not failed:
        return None
    category, code = reason(_field(failed[0], "Diagnostic-Code"), _field(failed[0], "Status"))
    returned = _returned(parts)
    return Bounce(
        messages=_messages(report, returned),
        recipients=frozenset(_recipients(failed)),
        category=category,
        code=code,
        at=_moment(_field(returned, "Date")),
    )


def _is_laborious(content: bytes) -> bool:
    """Python's parser would need minutes for parameters without end, or parts within parts."""
    return content.count(b";") > MOST_SEMICOLONS or content.lower().count(b"boundary") > MOST_BOUNDARIES


def _parts(report: Email) -> list[Email]:
    kind = str(report.get_param("report-type", "")).lower()
    is_report = report.get_content_type() == "multipart/report" and kind == "delivery-status"
    return report.get_payload() if is_report and report.is_multipart() else []


def _failed(status: Email) -> list[Email]:
    blocks = status.get_payload() if status.is_multipart() else []
    return [block for block in blocks if _field(block, "Action").lower() == "failed"]


def _recipients(blocks: list[Email]) -> list[str]:
    fields = [_field(block, name) for block in blocks for name in ("Final-Recipient", "Original-Recipient")]
    return [mailbox_of(field.rpartition(";")[2].strip()) for field in fields if field]


def _returned(parts: list[Email]) -> Email:
    """The head of our mail, which is returned whole or without its text."""
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            return BytesHeaderParser().parsebytes(part.get_payload(decode=True) or b"")
        if part.get_content_type() != STATUS and part.get_content_maintype() == "message":
            return part.get_payload(0) if part.is_multipart() else part
    return Email()


def _messages(report: Email, returned: Email) -> tuple[UUID, ...]:
    """Where our own Message-ID was not returned, the notification may answer to it."""
    own = keys_in(_field(returned, "Message-ID"))
    return tuple(own or keys_in(_field(report, "In-Reply-To") + _field(report, "References")))[:5]


def _moment(date: str) -> datetime | None:
    """The end of its second: a Date has no fractions."""
    try:
        moment = parsedate_to_datetime(date) + timedelta(seconds=1)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def _field(email: Email, name: str) -> str:
    return str(email.get(name, "")).strip()
