import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.factories.municipalities import user_with
from tests.factories.outbox import MessageFactory
from tests.factories.registrar import an_office, an_order
from wagtail_diaspora.outbox.models import Message

pytestmark = pytest.mark.django_db
HOME = "/admin/"
READER = "diaspora_registrar.view_order"
CLERK = (READER, "diaspora_registrar.change_order")


@pytest.fixture
def office():
    return an_office()


def home_of(office, client, *permissions):
    user = user_with(*permissions, municipality=office)
    user.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def a_failed_mail(order, **facts):
    facts = {"related_label": order.subject_key, **facts}
    return MessageFactory(
        scope=order.municipality.scope, state="failed", last_error="mailbox-unknown", **facts
    )


def resend_url(order, mail):
    return reverse("diaspora_desk:resend", args=[order.pk, mail.pk])


def test_failed_mails_of_drafts_hide_none_of_an_order(office, client):
    order = an_order(office)
    mail = a_failed_mail(order)
    for number in range(6):
        a_failed_mail(order, related_label=f"draft:{number}")
    page = home_of(office, client, *CLERK).get(HOME).content.decode()
    assert order.reference in page and resend_url(order, mail) in page


def test_a_failed_mail_is_sent_again_from_the_home_page(office, client):
    order = an_order(office)
    mail = a_failed_mail(order)
    client = home_of(office, client, *CLERK)
    client.handler.enforce_csrf_checks = True
    form = {"csrfmiddlewaretoken": token_of(client.get(HOME)), "next": HOME}
    assert client.post(resend_url(order, mail), form).status_code == 302
    assert Message.objects.get(pk=mail.pk).state == "waiting"
    assert resend_url(order, mail) not in client.get(HOME).content.decode()


def token_of(response):
    page = response.content.decode()
    start = page.index('name="csrfmiddlewaretoken" value="', page.index("diaspora-desk-failed"))
    return page[start:].split('"')[3]


def test_who_may_only_read_sees_the_failure_without_a_button(office, client):
    order = an_order(office)
    mail = a_failed_mail(order)
    page = home_of(office, client, READER).get(HOME).content.decode()
    assert "The mailbox does not exist." in page and resend_url(order, mail) not in page


def test_mails_whose_text_is_gone_are_not_offered(office, client):
    order = an_order(office)
    mail = a_failed_mail(order, body_erased_at="2026-05-01T00:00Z")
    assert resend_url(order, mail) not in home_of(office, client, *CLERK).get(HOME).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_page_costs_the_same_for_one_and_three(office, client, count, django_assert_max_num_queries):
    for _number in range(count):
        a_failed_mail(an_order(office))
    client = home_of(office, client, *CLERK)
    client.get(HOME)
    with django_assert_max_num_queries(25):
        page = client.get(HOME).content.decode()
    assert "diaspora_registrar/desk.css" in page
