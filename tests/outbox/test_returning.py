"""A real server takes a mail and gives it back later: what is marked, and what is not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.outbox import MailArgumentsFactory
from tests.outbox.notifications import exchange, exim, gmail, postfix
from wagtail_diaspora.outbox import claims, dsn
from wagtail_diaspora.outbox.actions import deliver_due, erase, give_back, post_mail, put_aside, resend
from wagtail_diaspora.outbox.actions.returning import Outcome
from wagtail_diaspora.outbox.bounces import Bounce
from wagtail_diaspora.outbox.categories import Category
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.signals import message_returned
from wagtail_diaspora.outbox.states import State

pytestmark = pytest.mark.django_db
FORMS = [postfix, exchange, gmail, exim]


class Clerk:
    pk = 1


def row(message):
    return Message.objects.values().get(pk=message.pk)


def returned(content):
    return give_back(dsn.read(content))


@pytest.mark.parametrize(
    ("form", "category", "code"),
    [
        (postfix, Category.MAILBOX_UNKNOWN, "550 5.1.1"),
        (exchange, Category.MAILBOX_UNKNOWN, "550 5.4.1"),
        (gmail, Category.MAILBOX_FULL, "552 5.2.2"),
        (exim, Category.SUSPECTED, "550 5.7.1"),
    ],
)
def test_a_sent_mail_that_came_back_fails(smtp, sent, heard, caplog, form, category, code):
    assert returned(form(smtp.raw[0])) is Outcome.RETURNED
    sent.refresh_from_db()
    assert (sent.state, sent.sent_at) == (State.FAILED, None)
    assert (sent.last_error, sent.error_code) == (category, code)
    assert heard == [("failed", sent.pk, category, code)]
    assert str(sent.pk) in caplog.text
    assert "amra" not in caplog.text.lower()


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bounce_twice_changes_nothing(smtp, sent, heard, form):
    notification = form(smtp.raw[0])
    returned(notification)
    before = row(sent)
    assert returned(notification) is Outcome.NOTHING_NEW
    assert (row(sent), len(heard)) == (before, 1)


@pytest.mark.parametrize("form", FORMS)
def test_an_old_bounce_says_nothing_of_what_was_sent_again(smtp, sent, form):
    Message.objects.update(due_at=sent.due_at - timedelta(minutes=5))
    an_hour_ago = (timezone.now() - timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    notification = dated(form(smtp.raw[0]), smtp.messages[0]["Date"], an_hour_ago)
    Message.objects.update(due_at=timezone.now() - timedelta(hours=2))
    assert returned(notification) is Outcome.RETURNED
    sent.refresh_from_db()
    resend(sent, user=Clerk())
    assert returned(notification) is Outcome.NOTHING_NEW
    assert deliver_due() == 1
    assert returned(notification) is Outcome.NOTHING_NEW
    assert returned(form(smtp.raw[1])) is Outcome.RETURNED


def dated(notification, old, new):
    assert old.encode() in notification
    return notification.replace(old.encode(), new.encode())


@pytest.mark.parametrize("form", FORMS)
def test_a_bounce_of_another_recipient_changes_nothing(smtp, sent, form):
    before = row(sent)
    assert returned(form(smtp.raw[0], recipient="other@example.net")) is Outcome.OTHER_RECIPIENT
    assert row(sent) == before


def test_the_recipient_that_we_wrote_to_counts_when_the_mail_was_forwarded(smtp, sent):
    forwarded = postfix(smtp.raw[0]).replace(
        b"Final-Recipient: rfc822; Amra@example.net", b"Final-Recipient: rfc822; amra@elsewhere.example.com"
    )
    assert returned(forwarded) is Outcome.RETURNED


def test_a_host_with_letters_of_its_own_is_the_same_in_ascii(smtp):
    message = post_mail(**MailArgumentsFactory(to="ana@müller.example"))
    deliver_due()
    assert b"ana@xn--mller-kva.example" in smtp.raw[0]
    notification = postfix(smtp.raw[0], recipient="ana@xn--mller-kva.example")
    assert returned(notification) is Outcome.RETURNED
    assert row(message)["state"] == State.FAILED


def test_of_several_mails_that_are_named_the_recipients_own_is_marked(sent):
    other = post_mail(**MailArgumentsFactory(to="zlatan@example.net"))
    deliver_due()
    at = timezone.now() + timedelta(seconds=1)
    bounce = Bounce(
        messages=(sent.pk, other.pk),
        recipients=frozenset(["zlatan@example.net"]),
        category=Category.REFUSED,
        code="550",
        at=at,
    )
    assert give_back(bounce) is Outcome.RETURNED
    assert row(other)["state"] == State.FAILED and row(sent)["state"] == State.SENT


def test_a_bounce_marks_no_mail_of_another_scope(smtp, sent):
    other = post_mail(**MailArgumentsFactory(to="amra@example.net", scope="municipality:2"))
    deliver_due()
    assert returned(postfix(smtp.raw[0])) is Outcome.RETURNED
    assert row(other)["state"] == State.SENT


@pytest.mark.parametrize("form", FORMS)
def test_a_bounce_of_a_mail_that_is_not_ours_changes_nothing(smtp, sent, form):
    before = row(sent)
    strange = smtp.raw[0].replace(str(sent.pk).encode(), b"00000000-0000-7000-8000-000000000000")
    assert returned(form(strange)) is Outcome.NOT_OURS
    assert row(sent) == before


def test_a_bounce_while_the_mail_is_under_way_comes_again(smtp, sent):
    Message.objects.update(state=State.WAITING, sent_at=None)
    lease = claims.claim(limit=1)
    before = row(sent)
    assert returned(postfix(smtp.raw[0])) is Outcome.UNDER_WAY
    assert row(sent) == before
    claims.settle(lease, lease.messages[0], state=State.SENT, sent_at=timezone.now())
    assert returned(postfix(smtp.raw[0])) is Outcome.RETURNED


def test_a_worker_that_was_killed_sends_again_after_a_bounce(smtp, sent):
    Message.objects.update(
        state=State.WAITING, sent_at=None, lease_token="gone", lease_until=timezone.now() - timedelta(1)
    )
    assert returned(postfix(smtp.raw[0])) is Outcome.NOTHING_NEW
    assert deliver_due() == 1


@pytest.mark.parametrize("change", [erase, lambda messages: put_aside()])
def test_what_is_erased_or_put_aside_stays_so(smtp, sent, change):
    Message.objects.update(state=State.WAITING, sent_at=None)
    change(Message.objects.all())
    before = row(sent)
    assert returned(postfix(smtp.raw[0])) is Outcome.NOTHING_NEW
    assert row(sent) == before


def test_what_a_receiver_writes_and_the_mark_are_one(smtp, sent):
    def refuse(message, **kwargs):
        raise RuntimeError

    message_returned.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            returned(postfix(smtp.raw[0]))
    finally:
        message_returned.disconnect(refuse)
    assert row(sent)["state"] == State.SENT
    assert returned(postfix(smtp.raw[0])) is Outcome.RETURNED


@pytest.mark.parametrize("others", [0, 3])
def test_a_bounce_costs_the_same_among_many(smtp, sent, django_assert_num_queries, others):
    for _number in range(others):
        post_mail(**MailArgumentsFactory(to="amra@example.net"))
    bounce = dsn.read(postfix(smtp.raw[0]))
    with django_assert_num_queries(4):  # look; begin, mark, commit
        give_back(bounce)
    with django_assert_num_queries(4):
        give_back(bounce)


def test_a_mail_that_is_sent_again_arrives(smtp, sent):
    returned(postfix(smtp.raw[0]))
    sent.refresh_from_db()
    resend(sent, user=Clerk())
    assert (deliver_due(), smtp.ids[0] == smtp.ids[1]) == (1, True)
    assert row(sent)["state"] == State.SENT
