import smtplib

import pytest

from wagtail_diaspora.outbox.categories import Category
from wagtail_diaspora.outbox.channels.smtp_errors import enhanced_status, while_connecting, while_sending
from wagtail_diaspora.outbox.exceptions import Deferred, Refused, Unreachable


def refused(code, reply):
    return smtplib.SMTPRecipientsRefused({"amra@example.net": (code, reply)})


@pytest.mark.parametrize(
    ("error", "kind", "category", "code"),
    [
        (refused(550, b"5.1.1 no such user"), Refused, Category.MAILBOX_UNKNOWN, "550 5.1.1"),
        (refused(550, b"no such user amra@example.net"), Refused, Category.REFUSED, "550"),
        (refused(452, b"4.2.2 over quota"), Deferred, Category.MAILBOX_FULL, "452 4.2.2"),
        (refused(552, b"5.2.2 over quota"), Refused, Category.MAILBOX_FULL, "552 5.2.2"),
        (refused(450, b"try later"), Deferred, Category.LATER, "450"),
        (refused(553, b"syntax"), Refused, Category.BAD_ADDRESS, "553"),
        (refused(530, b"5.7.0 STARTTLS first"), Unreachable, Category.NOT_LOGGED_IN, "530 5.7.0"),
        (smtplib.SMTPSenderRefused(550, b"5.7.1 no", "x@y"), Refused, Category.SENDER_REFUSED, "550 5.7.1"),
        (smtplib.SMTPSenderRefused(451, b"4.3.0 no", "x@y"), Deferred, Category.LATER, "451 4.3.0"),
        (smtplib.SMTPDataError(554, b"spam"), Refused, Category.REFUSED, "554"),
        (smtplib.SMTPServerDisconnected("amra"), Deferred, Category.INTERRUPTED, ""),
        (TimeoutError("amra"), Deferred, Category.INTERRUPTED, ""),
    ],
)
def test_error_while_sending_becomes_ours(error, kind, category, code):
    ours = while_sending(error)
    assert (type(ours), ours.category, ours.code) == (kind, category, code)
    assert "amra" not in repr(ours)


@pytest.mark.parametrize(
    ("error", "category", "code"),
    [
        (ConnectionRefusedError(), Category.UNREACHABLE, ""),
        (smtplib.SMTPConnectError(554, b"5.7.1 go away"), Category.UNREACHABLE, "554 5.7.1"),
        (smtplib.SMTPAuthenticationError(535, b"5.7.8 bad"), Category.NOT_LOGGED_IN, "535 5.7.8"),
    ],
)
def test_error_while_connecting_blames_no_message(error, category, code):
    ours = while_connecting(error)
    assert (type(ours), ours.category, ours.code) == (Unreachable, category, code)


@pytest.mark.parametrize(
    ("reply", "status"),
    [(b"5.1.1 no", "5.1.1"), ("4.7.1", "4.7.1"), (b"see 5.1.1", ""), (b"9.1.1 no", ""), (b"5.1.1234 x", "")],
)
def test_enhanced_status_is_read_only_from_the_start(reply, status):
    assert enhanced_status(reply) == status
