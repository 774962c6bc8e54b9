"""What an applicant corrects after sending: who may, until when, and who is told."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from tests.factories.registrar import FACTS, an_office, an_order
from tests.registrar.applicant import Applicant, found, mails
from tests.registrar.clerk import a_clerk
from wagtail_diaspora.exceptions import TransitionNotAllowed
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.registrar import actions, states
from wagtail_diaspora.registrar.models import Correction, Order
from wagtail_diaspora.registrar.states import ItemState, OrderState

pytestmark = pytest.mark.django_db
ADDRESS = {"method": "post", "name": "Ana", "lines": "Storgatan 4", "postcode": "211 42", "city": "Malmö"}
JMBG = "0104962160000"


@pytest.fixture
def office():
    return an_office(notice_email="notices@example.org", postage_abroad_minor=850)


def test_the_link_alone_shows_nothing_that_was_written(applicant):
    for name, keys in (("change", {}), ("change_phone", {}), ("change_person", {"number": 1})):
        page = applicant.client.get(applicant.url(name, **keys), follow=True).content.decode()
        assert not [fact for fact in ("Königstraße", "Ljubija", "+49 711", "applicant@") if fact in page]


def test_a_phone_is_corrected_told_and_found(applicant, office):
    page = applicant.unlocked().get("change")
    assert "+49 711 12345" in page
    assert "+49 711 12345" in applicant.get("change_phone")
    assert applicant.post("change_phone", {"phone": "0711 99999"}).url.endswith("/change/?saved=1")
    assert (
        "Your correction is saved"
        in applicant.client.get(applicant.url("change") + "?saved=1").content.decode()
    )
    order = Order.objects.get()
    assert order.applicant["phone"] == "+4971199999" and order.unread_messages == 1
    correction = Correction.objects.get()
    assert (correction.before, correction.after) == ({"phone": "+4971112345"}, {"phone": "+4971199999"})
    assert found(office, "phone", "0711 99999") and not found(office, "phone", "0711 12345")
    assert mails(":corrected:")[0].recipient == "applicant@example.net"
    assert mails("office_correction")[0].recipient == "notices@example.org"
    assert "You corrected what you had written." in applicant.get("case")


def test_the_log_names_the_kind_and_no_value(applicant, order):
    applicant.unlocked().post("change_phone", {"phone": "0711 99999"})
    entry = MunicipalityLogEntry.objects.get(action="diaspora_registrar.corrected")
    assert entry.data == {"what": "phone"}


def test_the_same_again_is_no_correction(applicant):
    applicant.unlocked()
    for _twice in range(2):
        applicant.post("change_phone", {"phone": "+4971199999"})
    assert Correction.objects.count() == 1 and len(mails(":corrected:")) == 1


def person_data(**facts):
    return {"relation": "self", **FACTS, **facts}


def test_facts_are_corrected_while_nothing_was_checked(applicant, office):
    order = applicant.order
    order_person = order.persons.get()
    page = applicant.unlocked().get("change_person", number=1)
    assert 'type="hidden" name="relation" value="self"' in page and "Ljubija" in page
    data = person_data(date_of_birth="2.4.1962.", family_name="Šućur", jmbg=JMBG)
    doubted = applicant.post("change_person", data, number=1)
    assert doubted.status_code == 422 and "another date of birth" in doubted.content.decode()
    data["doubts_seen"] = re.search(r'name="doubts_seen" value="(\w+)"', doubted.content.decode())[1]
    assert applicant.post("change_person", data, number=1).status_code == 302
    order_person.refresh_from_db()
    assert order_person.facts == {
        **FACTS,
        "date_of_birth": "1962-04-02",
        "family_name": "Šućur",
        "jmbg": JMBG,
    }
    assert order_person.relation == "self"
    assert Correction.objects.get().after == {
        "date_of_birth": "1962-04-02",
        "family_name": "Šućur",
        "jmbg": JMBG,
    }
    assert found(office, "jmbg", JMBG)
    assert JMBG not in applicant.get("change") and JMBG not in applicant.get("change_person", number=1)


def test_another_relation_is_not_taken(applicant):
    applicant.unlocked()
    assert applicant.post("change_person", person_data(relation="proxy"), number=1).status_code == 422
    assert not Correction.objects.exists()


def test_facts_stay_once_a_clerk_has_checked(applicant):
    clerk = get_user_model().objects.create(username="clerk")
    applicant.unlocked()
    actions.mark_found(applicant.order, user=clerk, item=applicant.order.items.get().pk, act={})
    assert "has begun to check" in applicant.get("change")
    answer = applicant.post("change_person", person_data(family_name="Horvat"), number=1)
    assert answer.status_code == 302 and answer.url == applicant.url("case")
    with pytest.raises(TransitionNotAllowed):
        actions.correct_person(applicant.order, person=applicant.order.persons.get().pk, facts={})
    assert applicant.order.persons.get().facts == FACTS


def test_an_address_is_corrected(applicant):
    answer = applicant.unlocked().post("change_address", {**ADDRESS, "country": "SE"})
    assert answer.status_code == 302
    order = Order.objects.get()
    assert order.address == {key: value for key, value in ADDRESS.items() if key != "method"} | {
        "country": "SE"
    }
    assert Correction.objects.get().before["city"] == "Stuttgart"


def test_an_address_that_costs_another_postage_is_not_changed_after_the_price_was_told(client, office):
    office.registrar_settings.payment_policy = "pay_first"
    office.registrar_settings.save()
    applicant = Applicant(client, an_order(office, language="en"))
    answer = applicant.unlocked().post("change_address", {**ADDRESS, "country": "BA"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "another amount" in page and 'value="Malmö"' in page
    assert Order.objects.get().address["city"] == "Stuttgart"
    assert applicant.post("change_address", {**ADDRESS, "country": "SE"}).status_code == 302


def test_an_address_is_corrected_once_the_payment_was_waived(client, office):
    office.registrar_settings.payment_policy = "pay_first"
    office.registrar_settings.save()
    clerk = get_user_model().objects.create(username="clerk")
    order = an_order(office, language="en")
    actions.record_payment(order, user=clerk, received_on=order.due_on, amount_minor=100)
    actions.waive_payment(order, user=clerk)
    order.refresh_from_db()
    assert order.amount_minor
    answer = Applicant(client, order).unlocked().post("change_address", {**ADDRESS, "country": "BA"})
    order.refresh_from_db()
    assert answer.status_code == 302 and order.address["country"] == "BA" and order.balance_minor == 0


def test_what_was_typed_outlives_the_hour_after_the_code(applicant):
    answer = applicant.post("change_address", {**ADDRESS, "city": "Göteborg", "country": "SE"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Nothing is saved yet" in page and 'value="Göteborg"' in page
    assert "Stuttgart" not in page and Order.objects.get().address["city"] == "Stuttgart"
    applicant.unlocked()
    assert (
        applicant.post("change_address", {**ADDRESS, "city": "Göteborg", "country": "SE"}).status_code == 302
    )


def test_the_code_of_one_purpose_opens_no_other(applicant):
    code = applicant.code("withdraw")
    assert applicant.post("change", {"code": code}).status_code == 422


def test_a_closed_order_is_not_corrected(applicant):
    applicant.unlocked()
    actions.withdraw(applicant.order)
    assert "Correct what you wrote" not in applicant.get("case")
    for name in ("change", "change_phone", "change_email", "change_address"):
        assert applicant.client.get(applicant.url(name)).url == applicant.url("case")
    with pytest.raises(TransitionNotAllowed):
        actions.correct_phone(applicant.order, phone="")


@pytest.mark.parametrize("state", OrderState.values)
def test_what_may_be_corrected_in_which_state(state):
    early = state in (OrderState.SUBMITTED, OrderState.IN_REVIEW, OrderState.WAITING)
    assert states.facts_may_change(state, [ItemState.TO_CHECK]) == early
    assert not states.facts_may_change(state, [ItemState.TO_CHECK, ItemState.FOUND])
    assert states.address_may_change(state, [ItemState.READY]) == (state in states.OPEN_ORDER_STATES)
    assert not states.address_may_change(state, [ItemState.DISPATCHED, ItemState.DELIVERED])
    assert states.office_may_correct(state) == (state in states.OPEN_ORDER_STATES)


def test_the_clerk_sees_old_and_new_beside_each_other(applicant, office):
    applicant.unlocked().post("change_address", {**ADDRESS, "country": "SE"})
    data = person_data(family_name="<b>Horvat", date_of_birth="2.4.1962.")
    assert applicant.post("change_person", data, number=1).status_code == 422
    assert applicant.post("change_person", data | {"family_name": "Horvat"}, number=1).status_code == 302
    desk = Client()
    desk.force_login(a_clerk(office))
    page = desk.get(reverse("diaspora_desk:case", args=[applicant.order.pk])).content.decode()
    assert "Corrected by the applicant" in page
    for before, after in (("Šućur-Đukić", "Horvat"), ("1 April 1962", "2 April 1962")):
        assert f"<del>{before}</del>" in page and f"<ins>{after}</ins>" in page
    assert re.search(r"<del>.*?Königstraße 1.*?</del>.*?<ins>.*?Malmö.*?Sweden.*?</ins>", page, re.DOTALL)
