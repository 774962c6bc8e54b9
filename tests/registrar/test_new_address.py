"""Another e-mail address: nobody is locked out, and nobody takes an order over."""

import re

import pytest

from tests.factories.registrar import an_office
from tests.registrar.applicant import found, mails
from tests.registrar.citizen import Citizen
from wagtail_diaspora.registrar import actions, links
from wagtail_diaspora.registrar.actions import codes
from wagtail_diaspora.registrar.models import Correction, Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office(notice_email="notices@example.org", postage_abroad_minor=850)


def new_address(applicant, email="new@example.net"):
    applicant.post("change_email", {"email": email})
    applicant.order.refresh_from_db()
    return re.search(r"/diaspora/confirm/\S+", mails("confirm_address")[-1].payload["text"])[0]


def test_a_new_address_counts_when_it_is_confirmed(applicant, office):
    link = new_address(applicant.unlocked())
    order = applicant.order
    assert (order.email, order.new_email) == ("applicant@example.net", "new@example.net")
    assert mails("address_asked")[0].recipient == "applicant@example.net"
    assert mails("confirm_address")[0].recipient == "new@example.net"
    assert "diaspora/open/" not in mails("confirm_address")[0].payload["text"]
    assert "n•••@example.net" in applicant.get("case")
    old_page = applicant.url("case")
    applicant.client.get(link)
    assert Order.objects.get().email == "applicant@example.net"
    stranger = type(applicant.client)()
    assert stranger.post(link).status_code == 200
    order = Order.objects.get()
    assert (order.email, order.new_email) == ("new@example.net", None) and order.email_confirmed_at
    assert mails("address_changed")[0].recipient == "applicant@example.net"
    assert mails(":link:")[-1].recipient == "new@example.net"
    assert applicant.client.get(old_page).status_code == 302, "older links no longer work"
    assert stranger.get(old_page).status_code == 200
    assert found(office, "email", "new@example.net") and not found(office, "email", "applicant@example.net")
    assert Correction.objects.get().before == {"email": "applicant@example.net"}


def test_until_then_codes_go_to_the_address_on_file(applicant):
    new_address(applicant.unlocked())
    applicant.code("withdraw")
    assert mails(":code:")[-1].recipient == "applicant@example.net"


def test_asking_again_makes_the_earlier_link_useless(applicant):
    first = new_address(applicant.unlocked(), "mistyped@example.net")
    second = new_address(applicant, "right@example.net")
    applicant.client.post(first)
    assert Order.objects.get().email == "applicant@example.net"
    applicant.client.post(second)
    assert Order.objects.get().email == "right@example.net"


def test_asking_for_the_address_on_file_drops_what_waits(applicant):
    link = new_address(applicant.unlocked())
    applicant.post("change_email", {"email": "APPLICANT@example.net"})
    assert Order.objects.get().new_email is None
    applicant.client.post(link)
    assert Order.objects.get().email == "applicant@example.net"


def test_a_code_from_before_is_worth_nothing_after_the_address_changed(applicant):
    link = new_address(applicant.unlocked())
    code = applicant.code("withdraw")
    applicant.client.post(link)
    order = Order.objects.get()
    assert not codes.use_code(order, purpose="withdraw", typed=code)


def test_whoever_used_a_code_has_confirmed_the_address(applicant):
    applicant.unlocked()
    assert Order.objects.get().email_confirmed_at is not None


def test_the_browser_that_sent_the_order_mends_a_mistyped_address_without_a_code(client, office):
    Citizen(client).as_far_as_check().post(declared="on", privacy="on")
    order = Order.objects.get()
    sent = client.get(links.address("sent", order=order.pk) + "?language=en").content.decode()
    assert "Is the address wrong?" in sent
    url = links.address("change_email", order=order.pk)
    assert client.get(url).status_code == 200
    assert client.post(url, {"email": "right@example.net"}).status_code == 302
    assert Order.objects.get().new_email == "right@example.net"
    assert client.get(links.address("change_phone", order=order.pk)).status_code == 302
    actions.confirm_email(order, address=order.email)
    assert client.get(url).status_code == 302, "once the address is confirmed, a code is asked for"


def test_the_mailed_link_does_not_make_a_browser_the_sender(applicant):
    assert applicant.client.get(applicant.url("change_email")).status_code == 302
