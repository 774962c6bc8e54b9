"""The office corrects an address: who is told, what goes out, and what nobody is told by mail any more."""

import uuid

import pytest
from django.utils import timezone

from tests.factories.registrar import an_office, an_order
from tests.registrar.applicant import mails
from tests.registrar.clerk import CLERK, a_clerk, step_url
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions, notices
from wagtail_diaspora.registrar.models import Order
from wagtail_diaspora.vault.models import AccessLogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def order():
    return Order.objects.get(pk=an_order(an_office(), language="en").pk)


def waiting():
    return Message.objects.waiting().count()


def kinds_to(address):
    return [notices.kind_of(mail) for mail in mails("order:") if mail.recipient == address]


def test_a_confirmed_mailbox_is_told_that_it_was_replaced(order):
    Order.objects.update(email_confirmed_at=timezone.now())
    actions.correct_email(order, email="right@example.net")
    assert kinds_to("applicant@example.net")[-1] == "address_changed"
    assert kinds_to("right@example.net") == ["link"]


def test_a_mailbox_that_nobody_confirmed_is_told_nothing(order):
    actions.correct_email(order, email="right@example.net")
    assert "address_changed" not in kinds_to("applicant@example.net")


def test_mails_to_the_right_address_do_not_wait_for_those_that_were_held(order, smtp):
    for _number in range(4):
        actions.write_to_applicant(order, key=uuid.uuid4(), body="A question.")
    deliver_due()
    assert waiting() == 2
    actions.correct_email(order, email="right@example.net")
    deliver_due()
    assert "right@example.net" in [mail["To"] for mail in smtp.messages]
    assert waiting() == 0


def test_what_was_not_sent_yet_is_told_otherwise_when_there_is_no_address_any_more(order):
    actions.write_to_applicant(order, key=uuid.uuid4(), body="A question.")
    actions.correct_email(order, email="")
    told = MunicipalityLogEntry.objects.filter(action="diaspora_registrar.untold")
    assert sorted(entry.data["mail"] for entry in told) == ["message", "received"]


def test_looking_at_the_address_is_recorded(order, client):
    client.force_login(a_clerk(order.municipality, *CLERK))
    assert "applicant@example.net" in client.get(step_url(order, "email")).content.decode()
    assert AccessLogEntry.objects.filter(action="read").count() == 1
