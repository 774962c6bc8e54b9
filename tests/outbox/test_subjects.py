from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest

from wagtail_diaspora.outbox.channels.subjects import encoded_whole, keeping_subjects_whole

LONG = "Ваш захтјев за извод из матичне књиге рођених број 2026-000123 је примљен у матичној служби"


def test_ascii_subject_stands_as_it_is():
    assert encoded_whole("Your order") == "Your order"


@pytest.mark.parametrize("subject", ["Narudžba", "Пошта", LONG, "č, ; ? = _ <a@b>"])
def test_subject_is_one_encoded_word(subject):
    assert encoded_whole(subject).count("=?utf-8?") == 1
    assert " " not in encoded_whole(subject)


def test_subject_too_long_for_a_line_is_split():
    assert max(map(len, encoded_whole("ж" * 1000).splitlines())) < 998


@pytest.mark.parametrize("subject", ["Your order", "Narudžba br. 7 je primljena", LONG])
def test_modern_policy_keeps_the_subject_whole(subject):
    mail = EmailMessage(policy=keeping_subjects_whole(SMTP))
    mail["Subject"] = encoded_whole(subject)
    mail["To"] = "a@example.net"
    content = mail.as_bytes()
    assert content.count(b"=?utf-8?") == (0 if subject.isascii() else 1)
    assert message_from_bytes(content, policy=default)["Subject"] == subject
    assert b"\r\n" in content


def test_modern_policy_keeps_the_address_of_one_click_whole():
    mail = EmailMessage(policy=keeping_subjects_whole(SMTP))
    mail["List-Unsubscribe"] = address = f"<https://{'a' * 60}.example.org/diaspora/l/{'x' * 40}/>"
    mail["To"] = "a@example.net"
    assert f"List-Unsubscribe: {address}\r\n".encode() in mail.as_bytes()
