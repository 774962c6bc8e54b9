"""What a clerk corrects for whoever told the office by letter or telephone."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.registrar import ADDRESS, FACTS, a_site, an_office, an_order
from tests.registrar.applicant import found
from tests.registrar.citizen import picture
from tests.registrar.clerk import a_clerk, do, step_url
from wagtail_diaspora.exceptions import TransitionNotAllowed
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions
from wagtail_diaspora.registrar.actions.sending import AskedPerson
from wagtail_diaspora.registrar.models import Correction, Order, OrderFile
from wagtail_diaspora.registrar.states import OrderState, PaymentState
from wagtail_diaspora.vault.models import AccessLogEntry

pytestmark = pytest.mark.django_db
TYPED = {"method": "post", "name": "Ana", "lines": "Kralja Petra 1", "postcode": "79101", "city": "Prijedor"}
PERSON = {
    "relation": "self",
    "family_name": "Šućur",
    "forenames": "Čedomir",
    "date_of_birth": "1.4.1962.",
}


@pytest.fixture
def office():
    return an_office(
        site=a_site("primjer.example.org"),
        notice_email="notices@example.org",
        postage_abroad_minor=850,
        postage_home_minor=250,
    )


@pytest.fixture
def clerk(office):
    return a_clerk(office)


@pytest.fixture
def desk(clerk, client):
    client.force_login(clerk)
    return client


@pytest.fixture
def letter(office):
    """An order that came without e-mail."""
    order = an_order(office, email="")
    Message.objects.all().delete()
    return order


def person_url(order, number=1):
    return reverse("diaspora_desk:person", args=[order.pk, number])


def correct_person(client, order, number=1, **typed):
    version = Order.objects.get(pk=order.pk).version
    return client.post(person_url(order, number), {"version": version, **PERSON, **typed}, follow=True)


def found_first(order, clerk):
    actions.mark_found(order, user=clerk, item=order.items.get().pk, act={})
    order.refresh_from_db()


def test_a_telephone_is_corrected_by_the_office_without_a_notice_to_itself(desk, clerk, office, letter):
    assert "+49 711 12345" in desk.get(step_url(letter, "correct-phone")).content.decode()
    page = do(desk, letter, "correct-phone", phone="0711 99999").content.decode()
    letter.refresh_from_db()
    assert letter.applicant["phone"] == "+4971199999" and letter.unread_messages == 0
    row = Correction.objects.get()
    assert (row.user, row.from_applicant, row.before) == (clerk, False, {"phone": "+4971112345"})
    assert not Message.objects.exists()
    assert "What was corrected, to the address on file" in page and "Corrected by the office" in page
    assert f"Telephone number · {clerk}" in page
    assert found(office, "phone", "0711 99999") and not found(office, "phone", "0711 12345")


def test_the_applicant_reads_that_it_was_the_office(desk, office):
    order = an_order(office, language="en")
    do(desk, order, "correct-phone", phone="")
    mail = Message.objects.get(key__contains=":corrected:")
    assert mail.recipient == order.email and "The office corrected" in mail.payload["text"]
    assert "If it was not you" not in mail.payload["text"]
    assert not Message.objects.filter(key__contains=":office_correction:").exists()


def test_an_address_is_corrected(desk, letter):
    do(desk, letter, "correct-address", **TYPED, country="DE")
    letter.refresh_from_db()
    assert letter.address == {
        "name": "Ana",
        "lines": "Kralja Petra 1",
        "postcode": "79101",
        "city": "Prijedor",
        "country": "DE",
    }
    page = do(desk, letter, "correct-address", **{**TYPED, "city": ""}).content.decode()
    assert "The post needs this" in page and "Kralja Petra 1" in page


def test_an_address_with_dearer_postage_asks_for_the_rest(desk, clerk, office):
    order = an_order(office, address={**ADDRESS, "country": "BA"})
    found_first(order, clerk)
    actions.record_payment(order, user=clerk, received_on=date(2026, 1, 5))
    do(desk, order, "correct-address", **TYPED, country="DE")
    order.refresh_from_db()
    assert (order.amount_minor, order.balance_minor) == (500 + 850, 600)
    assert (order.state, order.payment_state) == (OrderState.WAITING, PaymentState.DUE)


def test_an_address_with_cheaper_postage_goes_on_when_that_was_paid(desk, clerk, office):
    order = an_order(office)
    found_first(order, clerk)
    actions.record_payment(order, user=clerk, amount_minor=750, received_on=date(2026, 1, 5))
    order.refresh_from_db()
    assert order.state == OrderState.WAITING
    do(desk, order, "correct-address", **TYPED)
    order.refresh_from_db()
    assert order.address["country"] == "" and order.balance_minor == 0
    assert (order.state, order.payment_state) == (OrderState.IN_PREPARATION, PaymentState.RECEIVED)
    assert order.items.get().state == "ready"


def test_who_pays_first_is_asked_for_dearer_postage_before_the_check(client):
    office = an_office(site=a_site("first.example.org"), payment_policy="pay_first", postage_abroad_minor=850)
    client.force_login(a_clerk(office))
    order = an_order(office, address={**ADDRESS, "country": "BA"})
    do(client, order, "payment", amount_minor="5", received_on="5.1.2026.")
    do(client, order, "correct-address", **TYPED, country="DE")
    order.refresh_from_db()
    assert (order.balance_minor, order.state) == (850, OrderState.WAITING)
    assert order.payment_state == PaymentState.DUE and order.answer_by
    do(client, order, "correct-address", **TYPED)
    order.refresh_from_db()
    assert (order.balance_minor, order.state) == (0, OrderState.IN_REVIEW)


def test_an_address_asks_nothing_while_nothing_was_asked(desk, letter):
    do(desk, letter, "correct-address", **TYPED)
    letter.refresh_from_db()
    assert (letter.amount_minor, letter.payment_state) == (0, PaymentState.NOT_NEEDED)
    assert letter.state == OrderState.SUBMITTED


def test_facts_are_corrected_after_the_record_was_found(desk, clerk, letter):
    found_first(letter, clerk)
    person = letter.persons.get()
    with pytest.raises(TransitionNotAllowed):
        actions.correct_person(letter, person=person.pk, facts={**FACTS, "family_name": "Šućur"})
    case = desk.get(reverse("diaspora_desk:case", args=[letter.pk])).content.decode()
    assert person_url(letter) in case
    page = desk.get(person_url(letter)).content.decode()
    assert "Ljubija" in page and "Correct the facts" in page
    page = correct_person(desk, letter, place_of_birth="Prijedor").content.decode()
    person.refresh_from_db()
    assert person.facts["place_of_birth"] == "Prijedor" and "version" not in person.facts
    assert "father_name" not in person.facts and "<del>Ljubija</del>" in page
    letter.refresh_from_db()
    assert letter.unread_messages == 0


def test_the_number_of_a_person_is_masked_kept_and_questioned(desk, office):
    facts = {**FACTS, "jmbg": "0104962160014"}
    order = an_order(office, persons=[AskedPerson("self", FACTS), AskedPerson("self", facts)])
    form = desk.get(person_url(order, 2)).context["form"]
    masked = form["jmbg"].value()
    assert masked != facts["jmbg"]
    page = correct_person(desk, order, 2, jmbg=masked, sex="M", date_of_birth="2.4.1962.")
    assert not Correction.objects.exists()
    seen = page.context["form"]["doubts_seen"].value()
    correct_person(desk, order, 2, jmbg=masked, sex="M", date_of_birth="2.4.1962.", doubts_seen=seen)
    person = order.persons.get(position=2)
    assert (person.facts["date_of_birth"], person.facts["jmbg"]) == ("1962-04-02", facts["jmbg"])


def test_the_second_of_two_clerks_is_told(desk, letter):
    seen = letter.version
    do(desk, letter, "note", key=uuid.uuid4(), body="First")
    page = desk.post(person_url(letter), {"version": seen, **PERSON}).content.decode()
    assert "Somebody else changed this order meanwhile" in page and 'value="Šućur"' in page
    assert not Correction.objects.exists()


@pytest.mark.parametrize("state", [OrderState.WITHDRAWN, OrderState.REFUSED, OrderState.EXPIRED])
def test_nothing_of_an_ended_order_is_corrected(desk, clerk, letter, state):
    Order.objects.filter(pk=letter.pk).update(state=state)
    page = do(desk, letter, "correct-phone", phone="").content.decode()
    assert "correct-phone" not in page and person_url(letter) not in page
    do(desk, letter, "correct-address", **TYPED)
    correct_person(desk, letter)
    for action, facts in (
        (actions.correct_phone, {"phone": ""}),
        (actions.correct_address, {"address": {}}),
        (actions.correct_person, {"person": letter.persons.get().pk, "facts": {}}),
    ):
        with pytest.raises(TransitionNotAllowed):
            action(letter, user=clerk, **facts)
    assert not Correction.objects.exists()


def test_what_is_shown_to_be_corrected_is_recorded_as_read(desk, letter):
    for url in (
        step_url(letter, "correct-phone"),
        step_url(letter, "correct-address"),
        person_url(letter),
    ):
        desk.get(url)
    assert AccessLogEntry.objects.filter(action="read", object_id=str(letter.pk)).count() == 3
    assert desk.get(person_url(letter, 7)).status_code == 404


@pytest.mark.parametrize("who", ["another office's clerk", "editor", "reader", "nobody"])
def test_others_correct_nothing(office, client, letter, who):
    if who == "another office's clerk":
        client.force_login(a_clerk(an_office(site=a_site("other.example.org"))))
    elif who == "editor":
        client.force_login(a_clerk(office, "wagtailcore.change_page"))
    elif who == "reader":
        client.force_login(a_clerk(office, "diaspora_registrar.view_order"))
        case = client.get(reverse("diaspora_desk:case", args=[letter.pk])).content.decode()
        assert "Correct the facts" not in case and "correct-phone" not in case
    for url, typed in (
        (step_url(letter, "correct-phone"), {"phone": ""}),
        (step_url(letter, "correct-address"), TYPED),
        (person_url(letter), PERSON),
        (step_url(letter, "answer"), {"key": uuid.uuid4(), "body": "x", "other": picture()}),
    ):
        for response in (client.get(url), client.post(url, {"version": letter.version, **typed})):
            assert response.status_code in (302, 403, 404)
            assert "Ljubija" not in response.content.decode()
    assert not Correction.objects.exists() and not OrderFile.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_of_a_person_costs_the_same_for_one_and_three(
    desk, office, count, django_assert_max_num_queries
):
    order = an_order(office, persons=count, types=("birth", "citizenship"))
    desk.get(person_url(order))
    with django_assert_max_num_queries(27):
        assert desk.get(person_url(order)).status_code == 200


def test_a_correction_of_the_applicant_can_be_marked_as_unread_and_one_of_the_office_not(desk, office):
    order = an_order(office)
    do(desk, order, "correct-phone", phone="")
    assert desk.get(step_url(order, "unread")).status_code == 302
    actions.correct_phone(order, phone="+4971155555")
    do(desk, order, "read")
    do(desk, order, "unread")
    order.refresh_from_db()
    assert order.unread_messages == 1


def test_a_signed_request_that_came_by_post_is_put_into_the_case(desk, letter):
    assert "multipart/form-data" in desk.get(step_url(letter, "answer")).content.decode()
    scans = {"signed_request": [picture(), picture()], "relation": picture()}
    page = do(desk, letter, "answer", key=uuid.uuid4(), body="By post.", **scans).content.decode()
    message = letter.thread.get()
    assert sorted(message.files.values_list("kind", "from_applicant", "order")) == [
        ("relation", False, letter.pk),
        ("signed_request", False, letter.pk),
        ("signed_request", False, letter.pk),
    ]
    url = reverse("diaspora_desk:file", args=[letter.pk, message.files.first().pk])
    assert url in page and desk.get(url).status_code == 200
    assert AccessLogEntry.objects.filter(action="downloaded").count() == 1


def test_an_answer_that_comes_twice_keeps_its_scans_once(desk, letter):
    key = uuid.uuid4()
    for _time in range(2):
        do(desk, letter, "answer", key=key, body="By post.", other=picture())
    assert letter.files.count() == 1


def test_a_scan_that_is_refused_keeps_the_answer(desk, letter):
    bad = SimpleUploadedFile("a.jpg", b"MZ this is a program")
    page = do(desk, letter, "answer", key=uuid.uuid4(), body="By post.", payment=bad).content.decode()
    assert "a.jpg" in page and "By post." in page and "Choose the files again" in page
    assert not letter.thread.exists() and not OrderFile.objects.exists()
