"""From smtplib's exceptions to ours, leaving every text of the server behind: it may quote the address."""

import re
import smtplib

from ..categories import Category, of_smtp
from ..exceptions import Deferred, DeliveryError, Refused, Unreachable

__all__ = ["while_connecting", "while_sending"]

ENHANCED_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
LOGIN_CODES = {530, 534, 535, 538}


def enhanced_status(reply: bytes | str) -> str:
    text = reply.decode("ascii", "replace") if isinstance(reply, bytes) else str(reply)
    found = ENHANCED_STATUS.match(text)
    return found[1] if found else ""


def of_reply(code: int, reply: bytes | str) -> DeliveryError:
    enhanced = enhanced_status(reply)
    words = f"{code} {enhanced}".strip()
    if code in LOGIN_CODES:
        return Unreachable(Category.NOT_LOGGED_IN, words)
    if code == 421:
        return Deferred(Category.LATER, words)
    return (Refused if code >= 500 else Deferred)(of_smtp(code, enhanced), words)


def while_sending(error: Exception) -> DeliveryError:
    """One message was under way. A broken connection says nothing about the next one."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=recipients) if recipients:
            return of_reply(*next(iter(recipients.values())))
        case smtplib.SMTPSenderRefused(smtp_code=code, smtp_error=reply) if code >= 500:
            refusal = of_reply(code, reply)
            return (
                refusal
                if isinstance(refusal, Unreachable)
                else Refused(Category.SENDER_REFUSED, refusal.code)
            )
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=reply) if code > 0:
            return of_reply(code, reply)
        case smtplib.SMTPNotSupportedError():
            return Refused(Category.BAD_ADDRESS)
    return Deferred(Category.INTERRUPTED)


def while_connecting(error: Exception) -> Unreachable:
    """No message was under way, so none of them is to blame."""
    code, reply = getattr(error, "smtp_code", 0), getattr(error, "smtp_error", "")
    words = f"{code} {enhanced_status(reply)}".strip() if code > 0 else ""
    refused_login = isinstance(error, smtplib.SMTPAuthenticationError) or code in LOGIN_CODES
    return Unreachable(Category.NOT_LOGGED_IN if refused_login else Category.UNREACHABLE, words)
