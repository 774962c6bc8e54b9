"""Mail to an address that nobody has confirmed: three a day leave, none is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.registrar import an_office, an_order
from wagtail_diaspora import limits
from wagtail_diaspora.exceptions import LimitReached
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.states import State
from wagtail_diaspora.registrar import actions
from wagtail_diaspora.registrar.actions import codes

pytestmark = pytest.mark.django_db(transaction=True)
VICTIM = "victim@example.net"


@pytest.fixture
def office():
    return an_office()


def orders(office, count, email=VICTIM, **facts):
    return [an_order(office, language="en", email=email, **facts) for _number in range(count)]


def waiting():
    return Message.objects.waiting().order_by("ordinal")


def test_three_leave_and_the_others_wait_for_the_next_day(smtp, office):
    orders(office, 2)
    orders(office, 3, email="Victim+more@Example.net")
    assert deliver_due() == 3 and len(smtp.messages) == 3
    assert waiting().count() == 2
    for message in waiting():
        assert message.attempts == 0 and message.last_error == ""
        assert timezone.now() < message.due_at <= timezone.now() + timedelta(days=1)
    assert deliver_due() == 0


def test_the_next_day_brings_them(smtp, office, settings):
    orders(office, 4)
    deliver_due()
    Message.objects.waiting().update(due_at=timezone.now())
    settings.WAGTAIL_DIASPORA = settings.WAGTAIL_DIASPORA | {"RATE_LIMITS": {"unconfirmed": (3, 86399)}}
    assert deliver_due() == 1 and len(smtp.messages) == 4


def test_whoever_confirms_the_address_gets_what_waited_at_once(smtp, office):
    last = orders(office, 4)[-1]
    deliver_due()
    actions.confirm_email(last, address=VICTIM)
    assert deliver_due() == 1 and not waiting().exists()


def test_a_confirmed_address_gets_all(smtp, office):
    order = orders(office, 1)[0]
    actions.confirm_email(order, address=VICTIM)
    for _number in range(4):
        actions.revoke_links(order)
    assert deliver_due() == 5


def test_a_server_that_is_slow_to_accept_costs_no_second_mail(smtp, office):
    smtp.greylist = 3
    orders(office, 3)
    assert deliver_due() == 0
    Message.objects.waiting().update(due_at=timezone.now())
    assert deliver_due() == 3


def test_a_code_is_refused_at_once_rather_than_late(smtp, office):
    order = orders(office, 3)[0]
    deliver_due()
    with pytest.raises(LimitReached) as refused:
        codes.send_code(order, purpose="withdraw")
    assert 0 < refused.value.retry_after <= limits.DAY
    assert not Message.objects.filter(key__contains=":code:").exists()


def test_a_code_never_waits_behind_a_mail_that_is_held_back(smtp, office, settings):
    settings.WAGTAIL_DIASPORA = settings.WAGTAIL_DIASPORA | {"RATE_LIMITS": {"unconfirmed": (1, 86400)}}
    order = orders(office, 1)[0]
    codes.send_code(order, purpose="withdraw")
    deliver_due()
    assert [mail.key.split(":")[3] for mail in Message.objects.filter(state=State.SENT)] == ["code"]
    assert waiting().get().key.split(":")[3] == "received"


def test_a_code_that_is_too_old_is_not_sent(smtp, office):
    order = orders(office, 1)[0]
    codes.send_code(order, purpose="withdraw")
    late = timezone.now() - timedelta(minutes=16)
    Message.objects.filter(key__contains=":code:").update(created_at=late)
    deliver_due()
    assert Message.objects.get(key__contains=":code:").state == State.CANCELLED


def test_mail_to_an_address_that_was_replaced_stays_here(smtp, office):
    order = orders(office, 1)[0]
    actions.ask_new_email(order, email="new@example.net")
    actions.confirm_email(order, address="new@example.net")
    deliver_due()
    assert {mail["To"] for mail in smtp.messages} == {VICTIM, "new@example.net"}
    said = {m.key.split(":")[3]: m.state for m in Message.objects.all()}
    assert said["received"] == said["confirm_address"] == State.CANCELLED
    assert said["address_changed"] == said["link"] == State.SENT


def test_notices_to_the_office_are_never_held_back(smtp):
    office = an_office(notice_email="notices@example.org")
    orders(office, 4)
    deliver_due()
    assert sum(mail["To"] == "notices@example.org" for mail in smtp.messages) == 4


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "in 1 minute"),
        (61, "in 2 minutes"),
        (3600, "in 1 hour"),
        (3601, "in 2 hours"),
        (86400, "in 24 hours"),
    ],
)
def test_a_wait_in_words(english, seconds, words):
    assert limits.in_words(seconds) == words
