"""What is read from a notification, and what is none: mail of strangers, so never an error."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.outbox.notifications import exchange, exim, gmail, postfix
from wagtail_diaspora.outbox import dsn
from wagtail_diaspora.outbox.bounces import reason
from wagtail_diaspora.outbox.categories import Category
from wagtail_diaspora.outbox.identity import keys_in

KEY = "0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"
MAIL = (
    f"Subject: Your order\r\nFrom: maticar@example.org\r\nTo: Amra@Example.net\r\n"
    f"Date: Wed, 25 Nov 2026 09:01:00 -0000\r\nMessage-ID: <{KEY}@example.org>\r\n\r\nThank you.\r\n"
).encode()
FORMS = [postfix, exchange, gmail, exim]


@pytest.mark.parametrize("form", FORMS)
def test_each_servers_notification_names_message_and_recipient(form):
    bounce = dsn.read(form(MAIL))
    assert [str(key) for key in bounce.messages] == [KEY]
    assert bounce.recipients == {"amra@example.net"}
    assert bounce.at.isoformat() == "2026-11-25T09:01:01+00:00"


@pytest.mark.parametrize(
    ("notification", "category", "code"),
    [
        (postfix(MAIL), Category.MAILBOX_UNKNOWN, "550 5.1.1"),
        (exchange(MAIL), Category.MAILBOX_UNKNOWN, "550 5.4.1"),
        (gmail(MAIL), Category.MAILBOX_FULL, "552 5.2.2"),
        (exim(MAIL), Category.SUSPECTED, "550 5.7.1"),
        (exim(MAIL, reply="550 no such user"), Category.REFUSED, "550 5.0.0"),
        (postfix(MAIL, status="4.4.1", reply="connect timed out"), Category.UNANSWERED, "4.4.1"),
        (postfix(MAIL, status="5.4.4", reply="unknown host"), Category.BAD_ADDRESS, "5.4.4"),
        (postfix(MAIL, status="4.2.2", reply="452 4.2.2 full"), Category.MAILBOX_FULL, "452 4.2.2"),
        (postfix(MAIL, status="nonsense", reply=""), Category.REFUSED, ""),
    ],
)
def test_reason_is_the_servers_own(notification, category, code):
    bounce = dsn.read(notification)
    assert (bounce.category, bounce.code) == (category, code)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ("smtp;550-5.1.1 The account", "550 5.1.1"),
        ("5.1.1 unknown", "5.1.1"),
        ("X-Postfix; unknown", ""),
        ("55000 5.1.1", ""),
        ("550 5.1.1234", "550"),
        ("see 550 5.1.1", ""),
    ],
)
def test_reply_is_read_only_from_its_start(reply, code):
    assert reason(reply)[1] == code


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered", "expanded", ""])
def test_what_did_not_fail_is_none(form, action):
    assert dsn.read(form(MAIL, action=action)) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        MAIL,
        b"Subject: failed\n\nAction: failed\nFinal-Recipient: rfc822; amra@example.net\n",
        postfix(MAIL).replace(b"report-type=delivery-status", b"report-type=disposition-notification"),
        postfix(MAIL).replace(b"multipart/report", b"multipart/mixed"),
        postfix(MAIL).replace(b"message/delivery-status", b"text/plain"),
        b"Content-Type: multipart/mixed; boundary=outer\n\n--outer\nContent-Type: message/rfc822\n\n"
        + postfix(MAIL)
        + b"\n--outer--\n",
    ],
)
def test_other_mail_is_none(content):
    assert dsn.read(content) is None


def test_without_the_returned_mail_the_answered_one_counts():
    short = exchange(MAIL).replace(b"Content-Type: message/rfc822", b"Content-Type: text/plain")
    bounce = dsn.read(short)
    assert ([str(key) for key in bounce.messages], bounce.at) == ([KEY], None)


def test_a_pipe_may_put_a_line_before_it_and_a_network_other_line_ends():
    piped = b"From MAILER-DAEMON  Wed Nov 25 10:01:02 2026\n" + postfix(MAIL)
    fetched = postfix(MAIL).replace(b"\n", b"\r\n")
    assert dsn.read(piped) == dsn.read(fetched) == dsn.read(postfix(MAIL))


def test_a_mail_that_we_did_not_write_has_no_key():
    other = MAIL.replace(KEY.encode(), b"CAF0123456789")
    assert dsn.read(postfix(other)).messages == ()
    assert keys_in(f"<{KEY}@example.org> <x@y> {KEY}") == keys_in(f"<{KEY}@elsewhere>")


def test_only_the_beginning_is_read():
    large = MAIL + b"A" * 70 + b"\r\n" * dsn.MOST_BYTES
    assert [str(key) for key in dsn.read(exchange(large)).messages] == [KEY]


REPORT = b"Content-Type: multipart/report; report-type=delivery-status; boundary=a\n\n"
STATUS = b"--a\nContent-Type: message/delivery-status\n\n"
NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000))


@pytest.mark.parametrize(
    "content",
    [
        b"Content-Type: message/rfc822\n\n" * 20_000,
        NESTED,
        NESTED[:2200] + b"x\n" * 130_000,
        b'Content-Type: multipart/report; report-type="delivery-status' + b";" * 400_000,
        REPORT + b"--a\n\n" * 50_000,
        REPORT + STATUS + b"Action: failed\n\n" * 20_000,
        REPORT + STATUS + b"Action: failed\nFinal-Recipient: \xff\xfe;\xf0\n\n--a\n"
        b"Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: base64\n\n\xff=A\n--a--",
        b"Content-Type: multipart/report; report-type*=%FF''%00; boundary*0=a\n\n--a",
        b"\0" * 300_000,
        b"X: " + b"\xff" * 300_000,
    ],
    ids=lambda content: repr(content[:30]),
)
def test_hostile_mail_is_read_in_time_and_names_nothing(content):
    started = time.process_time()
    bounce = dsn.read(content)
    assert bounce is None or bounce.messages == ()
    assert time.process_time() - started < 20


@given(st.binary(max_size=200), st.integers(0, 3000), st.sampled_from(FORMS))
@settings(max_examples=200, deadline=None)
def test_broken_notifications_raise_nothing(noise, place, form):
    whole = form(MAIL)
    dsn.read(whole[:place] + noise + whole[place + len(noise) :])


@pytest.mark.parametrize(
    "date",
    [
        "",
        "yesterday",
        "Wed, 99 Nov 2026 99:99:99 +9999",
        "31 Feb 2026 00:00 +0000",
        "31 Dec 9999 23:59:59 -0100",
    ],
)
def test_a_date_that_is_none_is_left_out(date):
    mail = MAIL.replace(b"Wed, 25 Nov 2026 09:01:00 -0000", date.encode())
    assert dsn.read(postfix(mail)).at is None
