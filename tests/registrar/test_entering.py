"""Orders that came by letter, e-mail, telephone or at the counter."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.registrar import a_site, an_office, an_order
from tests.registrar.citizen import picture
from tests.registrar.clerk import CLERK, a_clerk, do
from tests.registrar.letters import ADD, ENTER, letter
from wagtail_diaspora.exceptions import TransitionNotAllowed
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions, offer
from wagtail_diaspora.registrar.actions import codes
from wagtail_diaspora.registrar.models import Order
from wagtail_diaspora.registrar.states import OrderState, PaymentState
from wagtail_diaspora.vault.models import AccessLogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office(
        site=a_site("primjer.example.org"), postage_abroad_minor=850, notice_email="o@example.org"
    )


@pytest.fixture
def desk(office, client):
    client.force_login(a_clerk(office, *CLERK, ADD))
    return client


def test_a_letter_becomes_an_order(office, desk):
    response = desk.post(ENTER, letter(), follow=True)
    order = Order.objects.get()
    assert response.redirect_chain[-1][0] == reverse("diaspora_desk:case", args=[order.pk])
    assert (order.channel, order.country, order.language) == ("post", "SE", "de")
    assert order.protocol_number == "03-12-55/26" and order.email == ""
    assert order.applicant["family_name"] == "Šućur"
    assert order.address == {
        "name": "Čedomir Šućur",
        "lines": "Storgatan 1",
        "postcode": "211 42",
        "city": "Malmö",
        "country": "SE",
    }
    item = order.items.get()
    assert (item.copies, item.language, item.person.relation) == (2, "bs", "self")
    assert item.person.facts["date_of_birth"] == "1962-04-01"
    received = timezone.localdate() - timedelta(days=3)
    assert timezone.localdate(order.submitted_at) == received
    types = offer.offer_of(office.registrar_settings)
    assert order.due_on == types.due_on([types.get("birth")], received=received)


def test_who_entered_it_and_by_which_way_stands_in_the_history(office, desk):
    page = desk.post(ENTER, letter(), follow=True).content.decode()
    entry = MunicipalityLogEntry.objects.get(action="diaspora_registrar.received")
    assert entry.user.username in page and "Order received: Letter" in page
    assert entry.data == {"channel": "post"}


def test_without_e_mail_no_mail_is_written_and_the_case_says_what_to_tell(office, desk):
    page = desk.post(ENTER, letter(), follow=True).content.decode()
    order = Order.objects.get()
    assert "Tell the applicant by telephone or post" in page and "Order received" in page
    do(desk, order, "not-found", order.items.get(), explanation="It is not in our registers.")
    assert not Message.objects.exists()
    page = do(desk, order, "told").content.decode()
    assert "Tell the applicant by telephone or post" not in page
    assert "There is no e-mail address" not in page


def test_every_mail_of_an_order_without_e_mail_is_left_unwritten(office, desk):
    order = an_order(office, email="")
    Message.objects.all().delete()
    clerk = a_clerk(office)
    actions.ask_applicant(order, user=clerk, key=uuid.uuid4(), body="Which parish?")
    actions.revoke_links(order, user=clerk)
    with pytest.raises(TransitionNotAllowed):
        codes.send_code(order, purpose="withdraw")
    Order.objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    actions.closing.remind_waiting()
    actions.closing.expire_unanswered()
    order.refresh_from_db()
    assert order.state == OrderState.EXPIRED
    assert not Message.objects.exists()


def test_with_e_mail_the_applicant_gets_the_link_and_the_office_no_notice(office, desk):
    desk.post(ENTER, letter(**{"applicant-email": "Cedo@example.net"}))
    order = Order.objects.get()
    mail = Message.objects.get()
    assert mail.recipient == "Cedo@example.net" and mail.key.endswith(":received:")
    assert "/diaspora/open/" in mail.payload["text"] and order.email_confirmed_at is None


def test_the_same_form_sent_twice_is_one_order(office, desk):
    typed = letter()
    urls = {desk.post(ENTER, typed).url for _time in range(2)}
    assert len(urls) == 1 and Order.objects.count() == 1
    desk.post(ENTER, letter())
    assert Order.objects.count() == 2


def test_a_page_filled_again_for_the_next_letter_is_not_taken_for_the_first(office, desk):
    first = letter()
    desk.post(ENTER, first)
    second = first | {"person-0-family_name": "Horvat", "person-0-forenames": "Mara"}
    page = desk.post(ENTER, second)
    told = page.content.decode()
    assert page.status_code == 200 and Order.objects.get().reference in told and "Horvat" in told
    desk.post(ENTER, second | {"key": str(page.context["key"])})
    assert Order.objects.count() == 2


def test_scans_are_inspected_and_their_reading_is_recorded(office, desk):
    desk.post(ENTER, letter(**{"scans-identity": picture(), "scans-signed_request": picture()}))
    order = Order.objects.get()
    assert sorted(order.files.values_list("kind", "from_applicant")) == [
        ("identity", False),
        ("signed_request", False),
    ]
    row = order.files.first()
    assert desk.get(reverse("diaspora_desk:file", args=[order.pk, row.pk])).status_code == 200
    assert AccessLogEntry.objects.filter(action="downloaded", object_id=str(row.pk)).count() == 1


def test_who_pays_first_has_to_pay_what_the_policy_says(client):
    office = an_office(site=a_site("first.example.org"), payment_policy="pay_first", postage_abroad_minor=850)
    client.force_login(a_clerk(office, *CLERK, ADD))
    client.post(ENTER, letter())
    order = Order.objects.get()
    assert (order.payment_state, order.amount_minor) == (PaymentState.DUE, 2 * 500 + 850)


@pytest.mark.parametrize("who", ["editor", "clerk who may not add", "another office's clerk", "nobody"])
def test_others_enter_nothing_here(office, client, who):
    other = an_office(site=a_site("other.example.org"))
    if who == "editor":
        client.force_login(a_clerk(office, "wagtailcore.change_page"))
    elif who == "clerk who may not add":
        client.force_login(a_clerk(office))
    elif who == "another office's clerk":
        client.force_login(a_clerk(other, *CLERK, ADD))
    url = f"{ENTER}?municipality={office.pk}"
    for response in (client.get(url), client.post(url, letter())):
        assert response.status_code in (302, 403, 200)
        assert "item-0-type" not in response.content.decode()
    assert not Order.objects.exists()


def test_whoever_works_for_two_offices_chooses_one(office, desk, client):
    other = an_office(site=a_site("other.example.org"))
    user = a_clerk(office, *CLERK, ADD)
    user.groups.add(a_clerk(other, *CLERK, ADD).groups.get())
    client.force_login(user)
    assert f"?municipality={other.pk}" in client.get(ENTER).content.decode()
    client.post(f"{ENTER}?municipality={other.pk}", letter())
    assert Order.objects.get().municipality == other


def test_an_answer_by_letter_ends_the_waiting(office, desk):
    order = an_order(office, email="")
    do(desk, order, "ask", key=uuid.uuid4(), body="Which parish?")
    order.refresh_from_db()
    assert order.state == OrderState.WAITING
    page = do(desk, order, "answer", key=uuid.uuid4(), body="Ljubija, he says.").content.decode()
    order.refresh_from_db()
    assert order.state == OrderState.IN_REVIEW and order.unread_messages == 0
    assert "entered by" in page
