"""The mail channel against a real SMTP server."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import urlize

from tests.factories.outbox import MailArgumentsFactory, a_mail
from wagtail_diaspora.outbox import claims
from wagtail_diaspora.outbox.actions import deliver_due, post_mail, post_mails
from wagtail_diaspora.outbox.categories import Category
from wagtail_diaspora.outbox.channels import building
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.states import State
from wagtail_diaspora.vault import files

pytestmark = pytest.mark.django_db(transaction=True)


def post(**facts):
    return post_mail(**MailArgumentsFactory(**facts))


def result(message):
    message.refresh_from_db()
    return message.state, message.last_error, message.error_code


def make_due():
    Message.objects.waiting().update(due_at=timezone.now() - timedelta(seconds=1))


def test_mail_arrives_as_it_was_written(smtp):
    message = post(
        to="amra@example.net",
        subject="Narudžba je primljena",
        text="Poštovana,\nhvala.",
        html="<p>Poštovana, hvala.</p>",
        reply_to="maticar@example.org",
        sender="Matični ured <ured@example.org>",
        language="sr-latn",
        headers={"X-Case": "7"},
    )
    assert deliver_due() == 1
    [mail] = smtp.messages
    assert mail["Subject"] == "Narudžba je primljena"
    assert mail["To"] == "amra@example.net"
    assert mail["From"] == "Matični ured <ured@example.org>"
    assert mail["Reply-To"] == "maticar@example.org"
    assert mail["Message-ID"] == message.message_id == f"<{message.pk}@example.org>"
    assert (mail["Auto-Submitted"], mail["Content-Language"], mail["X-Case"]) == (
        "auto-generated",
        "sr-latn",
        "7",
    )
    assert mail.get_body("plain").get_content().splitlines() == ["Poštovana,", "hvala."]
    assert mail.get_body("html").get_content().strip() == "<p>Poštovana, hvala.</p>"


def test_html_is_made_of_the_text_when_the_mail_leaves(smtp, settings, tmp_path):
    folder = tmp_path / "mail"
    folder.mkdir()
    template = "{% load i18n %}<b lang='{{ language }}'>{{ heading }}</b>{{ letter }}{% translate 'Search' %}"
    (folder / "frame.html").write_text(template)
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    text = "Pišite <nama>:\nured@example.org\n\nhttps://example.org/a?b=1&c=2"
    message = post(text=text, frame="mail/frame.html", heading="Grad & okolina", language="de")
    assert not message.payload["html"]
    assert deliver_due() == 1
    html = smtp.messages[0].get_body("html").get_content()
    assert html.startswith("<b lang='de'>Grad &amp; okolina</b><p>Pišite &lt;nama&gt;:<br>")
    assert '<a href="mailto:ured@example.org">' in html and 'href="https://example.org/a?b=1&amp;c=2"' in html
    assert html.strip().endswith("Suche")


def test_a_mail_without_a_frame_is_text_only(smtp):
    post(heading="Grad Primjer")
    assert deliver_due() == 1
    assert smtp.messages[0].get_content_type() == "text/plain"


def test_cyrillic_subject_is_one_encoded_word(smtp):
    post(subject="Ваш захтјев за извод из матичне књиге рођених је примљен")
    deliver_due()
    head = smtp.raw[0].split(b"\r\n\r\n")[0]
    assert head.count(b"=?utf-8?") == 1
    assert smtp.messages[0]["Subject"] == "Ваш захтјев за извод из матичне књиге рођених је примљен"


def test_mail_that_comes_back_has_an_address_of_its_own(smtp, settings):
    settings.WAGTAIL_DIASPORA = {
        **settings.WAGTAIL_DIASPORA,
        "OUTBOX_RETURN_ADDRESS": "returned@example.org",
    }
    post(sender="Matični ured <ured@example.org>")
    deliver_due()
    assert smtp.senders == ["returned@example.org"]
    assert smtp.messages[0]["From"] == "Matični ured <ured@example.org>"


def test_mail_comes_back_to_its_sender_else(smtp):
    post(sender="Matični ured <ured@example.org>")
    deliver_due()
    assert smtp.senders == ["ured@example.org"]


def test_line_breaks_in_a_subject_become_spaces(smtp):
    post(subject="Order\r\nBcc: other@example.net")
    deliver_due()
    assert smtp.messages[0]["Subject"] == "Order Bcc: other@example.net"
    assert smtp.messages[0]["Bcc"] is None


def test_attachment_comes_from_the_vault(smtp):
    file = files.store(
        b"%PDF-1.7 receipt", scope="municipality:1", name="potvrda.pdf", content_type="application/pdf"
    )
    post(attachments=[file])
    deliver_due()
    [attachment] = smtp.messages[0].iter_attachments()
    assert (attachment.get_filename(), attachment.get_content_type()) == ("potvrda.pdf", "application/pdf")
    assert attachment.get_content() == b"%PDF-1.7 receipt"


def test_attachment_that_is_gone_is_a_dead_letter(smtp):
    file = files.store(b"%PDF-1.7", scope="municipality:1", name="a.pdf", content_type="application/pdf")
    message = post(attachments=[file])
    files.delete(file)
    deliver_due()
    assert result(message) == (State.FAILED, Category.ATTACHMENT_MISSING, "")


def test_batch_goes_over_one_connection(smtp):
    post_mails(a_mail() for _ in range(10))
    assert (deliver_due(), smtp.connections) == (10, 1)


def test_unknown_mailbox_is_not_tried_again(smtp):
    smtp.reject = "550 5.1.1 <amra@example.net>: user unknown"
    message = post(to="amra@example.net")
    other = post()
    deliver_due(limit=1)
    assert result(message) == (State.FAILED, Category.MAILBOX_UNKNOWN, "550 5.1.1")
    smtp.reject = None
    assert deliver_due() == 1
    assert result(other)[0] == State.SENT


def test_reply_that_quotes_the_address_is_not_kept_or_logged(smtp, caplog):
    caplog.set_level("DEBUG", logger="wagtail_diaspora")
    smtp.reject = "550 5.1.1 <amra@example.net>: user unknown"
    message = post(to="amra@example.net")
    deliver_due()
    message.refresh_from_db()
    plain = {
        f.name: getattr(message, f.name)
        for f in message._meta.fields
        if f.name not in ("recipient", "payload")
    }
    assert "amra" not in str(plain)
    assert str(message.pk) in caplog.text
    assert "amra" not in caplog.text


def test_greylisted_mail_arrives_later(smtp):
    smtp.greylist = 1
    message = post()
    assert deliver_due() == 0
    assert result(message) == (State.WAITING, Category.LATER, "451 4.7.1")
    make_due()
    assert deliver_due() == 1
    assert result(message) == (State.SENT, "", "")


def test_content_refused_is_a_dead_letter(smtp):
    smtp.reject_content = "554 5.3.4 too big"
    message = post()
    deliver_due()
    assert result(message) == (State.FAILED, Category.TOO_LARGE, "554 5.3.4")


def test_server_shutting_down_is_tried_again(smtp):
    smtp.reject = "421 4.3.2 going down"
    message = post()
    deliver_due()
    assert result(message) == (State.WAITING, Category.LATER, "421 4.3.2")


@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_dropped_connection_is_opened_again_for_the_next(smtp, step):
    smtp.drop = step
    first, second = post(), post()
    assert deliver_due() == 0
    assert result(first) == result(second) == (State.WAITING, Category.INTERRUPTED, "")
    smtp.drop = None
    make_due()
    assert deliver_due() == 2
    assert smtp.connections == 3


def test_server_that_is_away_keeps_mail_waiting(smtp, settings):
    settings.EMAIL_PORT = 1
    message = post()
    assert deliver_due() == 0
    assert result(message) == (State.WAITING, Category.UNREACHABLE, "")
    settings.EMAIL_PORT = smtp.port
    make_due()
    assert deliver_due() == 1


def test_server_without_our_login_keeps_mail_waiting(smtp, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "user", "password"
    message = post()
    deliver_due()
    assert message.state == State.WAITING
    assert result(message)[1] == Category.UNREACHABLE


@pytest.mark.parametrize(
    "address", ["", "no-at-sign", "a@b@example.net", "šaban@example.net", "a b@example.net"]
)
def test_address_that_cannot_be_right_is_not_tried(smtp, address):
    message = post(to=address)
    deliver_due()
    assert result(message) == (State.FAILED, Category.BAD_ADDRESS, "")
    assert smtp.messages == []


def test_header_with_a_line_break_is_a_dead_letter(smtp):
    message = post(headers={"X-Case": "7\r\nBcc: other@example.net"})
    deliver_due()
    assert result(message) == (State.FAILED, Category.UNBUILDABLE, "")


def test_slow_server_is_left_before_the_lease_ends(smtp, settings, monkeypatch):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "OUTBOX_LEASE_SECONDS": 2}
    monkeypatch.setattr(claims, "MARGIN", timedelta(seconds=1))
    smtp.slow = 4
    message = post()
    started = timezone.now()
    deliver_due()
    assert timezone.now() - started < timedelta(seconds=3)
    assert result(message) == (State.WAITING, Category.INTERRUPTED, "")


def test_mail_sent_under_another_backend_is_not_lost(settings, mailoutbox):
    settings.WAGTAIL_DIASPORA = {
        **settings.WAGTAIL_DIASPORA,
        "OUTBOX_EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    }
    post(to="a@example.net")
    assert deliver_due() == 1
    assert [m.to for m in mailoutbox] == [["a@example.net"]]


@pytest.mark.parametrize(
    "text",
    [
        "Poštovana,\n\nhttps://town.example.org/diaspora/open/a-1.b?x=1&y=2.\n79000 Grad & okolina",
        "Pišite na maticar@example.org, www.example.org ili example.com\n<b>ne</b> 'ovako' \"nikad\".",
        "1. 4. 1962. u 8:15 …\r\n(vidi http://example.org/a_(b))",
    ],
)
def test_a_letter_is_linked_as_django_links_it(text):
    assert building.linked(text) == urlize(text, autoescape=True)
