"""django-anymail sends through a service, whose webhook tells of what it could not deliver."""

import hashlib
import hmac
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories.outbox import MailArgumentsFactory
from tests.outbox.postmark import INACTIVE, WEBHOOK_SECRET, Postmark, authorization, bounced, delivered
from tests.outbox.processes import ROOT, environment
from wagtail_diaspora.outbox import claims
from wagtail_diaspora.outbox.actions import deliver_due, post_mail, resend
from wagtail_diaspora.outbox.categories import Category
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.signals import message_accepted
from wagtail_diaspora.outbox.states import State
from wagtail_diaspora.outbox.tracking import StillUnderWay

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.outbox.webhooks")]
SIGNING_KEY = "key-only-for-tests"


class Clerk:
    pk = 1


@pytest.fixture
def postmark(settings):
    with Postmark() as server:
        settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
        settings.ANYMAIL = {
            "POSTMARK_SERVER_TOKEN": "only-for-tests",
            "POSTMARK_API_URL": server.url,
            "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY,
            "WEBHOOK_SECRET": WEBHOOK_SECRET,
        }
        yield server


@pytest.fixture
def sent(postmark):
    message = post_mail(**MailArgumentsFactory(to="amra@example.net"))
    assert deliver_due() == 1
    message.refresh_from_db()
    return message


def tell(client, path, event, secret=WEBHOOK_SECRET):
    return client.post(
        f"/anymail/{path}/tracking/",
        json.dumps(event),
        content_type="application/json",
        headers={"Authorization": authorization(secret)},
    )


def now():
    return timezone.now().astimezone(UTC).isoformat()


def result(message):
    message.refresh_from_db()
    return message.state, message.last_error, message.error_code


def test_a_mail_that_the_service_could_not_deliver_fails(client, postmark, sent):
    event = bounced(postmark.received[0], at=now())
    assert tell(client, "postmark", event).status_code == 200
    assert result(sent) == (State.FAILED, Category.MAILBOX_UNKNOWN, "550 5.1.1")


def test_the_same_event_twice_changes_nothing(client, postmark, sent):
    event = bounced(postmark.received[0], at=now())
    for _time in range(2):
        tell(client, "postmark", event)
    resend(Message.objects.get(), user=Clerk())
    assert deliver_due() == 1
    assert tell(client, "postmark", event).status_code == 200
    assert result(sent) == (State.SENT, "", "")


def test_a_service_may_tell_the_second_only(client, postmark, sent):
    at = timezone.now().replace(microsecond=0)
    Message.objects.update(due_at=at + timedelta(milliseconds=400))
    tell(client, "postmark", bounced(postmark.received[0], at=at.astimezone(UTC).isoformat()))
    assert result(sent)[0] == State.FAILED


@pytest.mark.parametrize(
    ("facts", "category"),
    [
        ({"Type": "BadEmailAddress", "Details": ""}, Category.BAD_ADDRESS),
        ({"Type": "DMARCPolicy", "Details": "smtp;550 5.7.26 unauthenticated"}, Category.SUSPECTED),
        ({"Type": "HardBounce", "Details": None}, Category.REFUSED),
        ({"Email": "AMRA@example.net"}, Category.MAILBOX_UNKNOWN),
    ],
)
def test_reason_is_the_services_where_no_server_gave_one(client, postmark, sent, facts, category):
    tell(client, "postmark", bounced(postmark.received[0], at=now(), **facts))
    assert result(sent)[:2] == (State.FAILED, category)


@pytest.mark.parametrize(
    "facts",
    [
        {"Type": "Transient"},
        {"Type": "SpamComplaint"},
        {"RecordType": "Delivery"},
        {"Email": "other@example.net"},
        {"Email": ""},
        {"Metadata": {}},
        {"Metadata": {"diaspora_message": "no-key"}},
        {"Metadata": {"diaspora_message": "00000000-0000-7000-8000-000000000000"}},
        {"BouncedAt": "2026-01-01T00:00:00Z"},
    ],
)
def test_any_other_event_changes_nothing(client, postmark, sent, facts):
    assert tell(client, "postmark", bounced(postmark.received[0], at=now()) | facts).status_code == 200
    assert result(sent) == (State.SENT, "", "")


def test_a_stranger_cannot_tell(client, postmark, sent):
    event = bounced(postmark.received[0], at=now())
    assert tell(client, "postmark", event, secret="somebody:else").status_code == 400
    assert result(sent)[0] == State.SENT


def test_an_event_while_the_mail_is_under_way_comes_again(client, postmark, sent):
    Message.objects.update(state=State.WAITING, sent_at=None)
    claims.claim(limit=1)
    with pytest.raises(StillUnderWay):  # a server answers 500, and the service repeats it
        tell(client, "postmark", bounced(postmark.received[0], at=now()))
    assert result(sent)[0] == State.WAITING


def test_a_service_that_keeps_our_message_id_needs_nothing_else(client, postmark, sent):
    moment = datetime.now(UTC) + timedelta(seconds=1)
    token = "a" * 50
    signature = hmac.new(SIGNING_KEY.encode(), f"{moment.timestamp()}{token}".encode(), hashlib.sha256)
    event = {
        "signature": {
            "timestamp": str(moment.timestamp()),
            "token": token,
            "signature": signature.hexdigest(),
        },
        "event-data": {
            "event": "failed",
            "severity": "permanent",
            "reason": "bounce",
            "timestamp": moment.timestamp(),
            "recipient": "amra@example.net",
            "delivery-status": {"code": 550, "message": "5.2.2 over quota", "attempt-no": 1},
            "message": {"headers": {"message-id": sent.message_id.strip("<>"), "to": "amra@example.net"}},
            "user-variables": {},
        },
    }
    assert tell(client, "mailgun", event).status_code == 200
    assert result(sent) == (State.FAILED, Category.MAILBOX_FULL, "5.2.2")


def test_the_service_is_given_no_more_than_a_key(postmark, sent):
    assert postmark.received[0]["Metadata"] == {"diaspora_message": str(sent.pk)}


def test_a_recipient_whom_the_service_refuses_is_a_dead_letter_at_once(postmark):
    postmark.status, postmark.answer = 422, INACTIVE
    message = post_mail(**MailArgumentsFactory(to="amra@example.net"))
    assert deliver_due() == 0
    assert result(message) == (State.FAILED, Category.REFUSED, "")


def test_a_service_that_is_away_keeps_mail_waiting(postmark):
    postmark.status, postmark.answer = 503, {}
    message = post_mail(**MailArgumentsFactory())
    deliver_due()
    assert result(message)[0] == State.WAITING


@pytest.mark.parametrize("count", [1, 3])
def test_an_event_costs_the_same_among_many(client, postmark, sent, django_assert_num_queries, count):
    for _number in range(count - 1):
        post_mail(**MailArgumentsFactory(to="amra@example.net"))
    with django_assert_num_queries(4):  # look; begin, mark, commit
        tell(client, "postmark", bounced(postmark.received[0], at=now()))


def test_without_anymail_all_else_starts():
    run = "import sys; sys.modules['anymail'] = None; import django; django.setup()"
    ours = (
        "from wagtail_diaspora.outbox.channels.mail import ServiceRefused; print(ServiceRefused.__module__)"
    )
    said = subprocess.check_output([sys.executable, "-c", f"{run}; {ours}"], cwd=ROOT, env=environment())
    assert said.decode().strip() == "wagtail_diaspora.outbox.channels.mail"


def test_what_their_own_server_has_is_announced(client, postmark, sent):
    heard = []

    def note(message, at, **kwargs):
        heard.append((message.pk, at.isoformat()))

    message_accepted.connect(note)
    try:
        tell(client, "postmark", delivered(postmark.received[0], at="2026-11-25T09:01:05Z"))
    finally:
        message_accepted.disconnect(note)
    assert heard == [(sent.pk, "2026-11-25T09:01:05+00:00")]
    assert result(sent) == (State.SENT, "", "")
