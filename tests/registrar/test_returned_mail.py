"""A mail that came back after it was sent: the case, the history and the clerk's home say so."""

import pytest
from django.urls import reverse

from tests.factories.outbox import MessageFactory
from tests.factories.registrar import a_site, an_office, an_order
from tests.outbox.notifications import postfix
from tests.registrar.clerk import a_clerk
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox import dsn
from wagtail_diaspora.outbox.actions import deliver_due, give_back
from wagtail_diaspora.outbox.categories import Category
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import notices
from wagtail_diaspora.registrar.desk.advice import advice_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
HOME = "/admin/"
FULL = {"status": "5.2.2", "reply": "552 5.2.2 over quota"}
SPAM = {"status": "5.7.1", "reply": "554 5.7.1 looks like spam"}


@pytest.fixture
def office():
    return an_office(site=a_site("primjer.example.org"))


@pytest.fixture
def order(office, smtp):
    order = an_order(office)
    assert deliver_due() == 1
    return order


def came_back(smtp, **facts):
    give_back(dsn.read(postfix(smtp.raw[0], **facts)))


def case_of(client, order):
    return client.get(reverse("diaspora_desk:case", args=[order.pk])).content.decode()


def returned():
    return MunicipalityLogEntry.objects.filter(action="diaspora_registrar.mail_returned")


@pytest.mark.parametrize(
    ("facts", "reason", "advice"),
    [
        ({}, "The mailbox does not exist.", "Ask the applicant for the right address"),
        (FULL, "The mailbox is full.", "Send it again in some days"),
        (SPAM, "takes the message for spam", "Tell the applicant by telephone or post, or ask for another"),
    ],
)
def test_the_case_says_why_and_what_to_do(smtp, order, office, client, facts, reason, advice):
    client.force_login(a_clerk(office))
    assert reason not in case_of(client, order)
    came_back(smtp, **facts)
    page = case_of(client, order)
    assert reason in page and advice in page
    assert "Mail came back: Order received" in page


def test_the_clerks_home_shows_it_until_it_is_sent_again(smtp, order, office, client):
    client.force_login(a_clerk(office))
    came_back(smtp)
    resend = reverse("diaspora_desk:resend", args=[order.pk, Message.objects.get().pk])
    page = client.get(HOME).content.decode()
    assert "The mailbox does not exist." in page and resend in page
    client.post(resend)
    assert deliver_due() == 1
    assert resend not in client.get(HOME).content.decode()
    assert "Mail sent again: Order received" in case_of(client, order)


def test_the_history_is_written_once_and_names_nobody(smtp, order, office):
    for _time in range(2):
        came_back(smtp)
    entry = returned().get()
    assert (set(entry.data), entry.data["mail"]) == ({"mail", "sent"}, "received")
    assert (entry.user, entry.municipality) == (None, office)


def test_a_forged_notification_changes_neither_case_nor_history(smtp, order, office, client):
    client.force_login(a_clerk(office))
    before = case_of(client, order)
    came_back(smtp, recipient="other@example.net")
    assert "could not be delivered" not in client.get(HOME).content.decode()
    assert not returned().exists()
    assert [row.state for row in Message.objects.all()] == ["sent"]
    assert "The mailbox does not exist." not in before + case_of(client, order)


def test_clerks_of_another_office_see_nothing_of_it(smtp, order, client):
    came_back(smtp)
    client.force_login(a_clerk(an_office(site=a_site("other.example.org"))))
    assert order.reference not in client.get(HOME).content.decode()


def test_who_may_only_read_cannot_send_it_again(smtp, order, office, client):
    came_back(smtp)
    client.force_login(a_clerk(office, "diaspora_registrar.view_order"))
    resend = reverse("diaspora_desk:resend", args=[order.pk, Message.objects.get().pk])
    assert resend not in client.get(HOME).content.decode() + case_of(client, order)
    assert client.post(resend).status_code in (302, 403)
    assert Message.objects.get().state == "failed"


def test_the_address_stays_confirmed(smtp, order):
    before = order.email_confirmed_at, order.state, order.version
    came_back(smtp)
    order.refresh_from_db()
    assert (order.email_confirmed_at, order.state, order.version) == before


def test_a_mail_of_a_draft_has_no_history(smtp, order):
    Message.objects.update(related_label="draft:01a214b6-2463-7000-96a4-f85f18079b55")
    came_back(smtp)
    assert Message.objects.get().state == "failed"
    assert not returned().exists()


@pytest.mark.parametrize(
    "category", ["mailbox-unknown", "mailbox-full", "refused", "suspected", "unanswered"]
)
def test_of_a_mail_to_the_office_the_applicant_is_not_asked(category):
    mails = [
        MessageFactory.build(state="failed", last_error=Category(category), key=f"order:1:1:{kind}:")
        for kind in ("received", *notices.OFFICE_SUBJECTS)
    ]
    to_applicant, *to_office = map(advice_for, mails)
    assert set(to_office) == {"Check the mailbox for notices in the registrar settings."}
    assert to_applicant not in to_office
