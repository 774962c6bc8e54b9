"""The page on which a clerk enters an order: questions, errors, and what stays."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.registrar import a_site, an_office
from tests.registrar.clerk import CLERK, QUEUE, a_clerk, do
from tests.registrar.letters import ADD, ENTER, letter
from wagtail_diaspora.registrar import exporting
from wagtail_diaspora.registrar.models import Order, OrderFile

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


def test_first_the_documents_then_the_questions_about_them(office, desk):
    page = desk.get(ENTER).content.decode()
    assert "item-0-type" in page and "person-0-family_name" not in page
    begun = {name: value for name, value in letter().items() if name.startswith(("arrival", "item", "count"))}
    page = desk.post(ENTER, {**begun, "do": "continue"}).content.decode()
    assert "person-0-family_name" in page and "errorlist" not in page and not Order.objects.exists()
    response = desk.post(ENTER, {**begun, "item-0-copies": "0", "do": "continue"})
    assert response.status_code == 422 and "person-0-family_name" not in response.content.decode()


def test_a_document_added_after_the_questions_asks_again_and_keeps_what_was_typed(office, desk):
    typed = letter(**{"item-1-type": "citizenship", "item-1-language": "bs", "item-1-copies": "1"})
    typed |= {"item-1-person": "1", "count": "2"}
    page = desk.post(ENTER, typed).content.decode()
    assert not Order.objects.exists()
    assert 'value="Šućur"' in page and "person-1-family_name" in page
    typed |= {"asked": "0:birth 1:citizenship", "person-1-relation": "parent"}
    typed |= {"person-1-family_name": "Šućur", "person-1-forenames": "Ana"}
    desk.post(ENTER, typed)
    order = Order.objects.get()
    assert [item.person.facts["forenames"] for item in order.items.all()] == ["Čedomir", "Ana"]


def test_documents_are_added_and_taken_out_again(office, desk):
    typed = letter(**{"item-1-type": "citizenship", "item-1-person": "1", "count": "2"})
    page = desk.post(ENTER, {**typed, "do": "add"}).context["page"]
    assert page.count == 3 and page.asked == "0:birth 1:citizenship"
    page = desk.post(ENTER, {**typed, "do": "remove-0"}).context["page"]
    assert page.count == 1 and page.asked == "1:citizenship"
    for nonsense in ("remove-9", "remove-x", "remove-", "fly"):
        assert desk.post(ENTER, {**typed, "do": nonsense}).context["page"].count == 2
    assert desk.post(ENTER, {**typed, "count": "99999", "do": "add"}).context["page"].count <= 20


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"person-0-family_name": ""}, "Family name"),
        ({"person-0-relation": "proxy"}, "Write who asks"),
        ({"applicant-forenames": "Ana"}, "Write both names"),
        ({"applicant-email": "nobody"}, "E-mail address"),
        ({"arrival-received_on": "1. 1. 2999."}, "in the future"),
        ({"arrival-received_on": "1. 1. 1999."}, "more than a year back"),
        ({"arrival-channel": "web"}, "How did it come?"),
        ({"delivery-lines": ""}, "The post needs this"),
        ({"item-0-language": "xx"}, "Language and script"),
        ({"person-0-jmbg": "0104962160013"}, "JMBG"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(office, desk, changes, said):
    response = desk.post(ENTER, letter(**changes))
    page = response.content.decode()
    assert response.status_code == 422 and said in page
    assert 'value="Malmö"' in page and "Something is missing or wrong" in page
    assert not Order.objects.exists()


def test_a_number_that_disagrees_is_questioned_once(office, desk):
    typed = letter(**{"person-0-jmbg": "0104962160018", "person-0-date_of_birth": "2.4.1962."})
    response = desk.post(ENTER, typed)
    assert response.status_code == 422 and not Order.objects.exists()
    seen = response.context["page"].persons[0]["doubts_seen"].value()
    desk.post(ENTER, typed | {"person-0-doubts_seen": seen})
    assert Order.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(office, desk, count, django_assert_max_num_queries):
    typed = letter(count=str(count), do="continue")
    for number in range(1, count):
        typed |= {name.replace("-0-", f"-{number}-"): typed[name] for name in letter() if "-0-" in name}
        typed[f"item-{number}-person"] = str(number)
    desk.post(ENTER, typed)
    with django_assert_max_num_queries(11):
        page = desk.post(ENTER, typed)
    assert len(page.context["page"].persons) == count


def test_a_scan_that_is_refused_keeps_the_form(office, desk):
    bad = SimpleUploadedFile("a.jpg", b"MZ this is a program")
    page = desk.post(ENTER, letter(**{"scans-other": bad})).content.decode()
    assert "a.jpg" in page and "Choose the files again" in page and 'value="Malmö"' in page
    assert not Order.objects.exists() and not OrderFile.objects.exists()


def test_only_names_are_required(office, desk):
    """Of a short letter from the country itself; the rest is asked for later."""
    office.accounts.create(use="home", number="555-HOME", recipient="Grad")
    office.accounts.create(use="abroad", number="555-ABROAD", recipient="Grad")
    typed = letter(**{"applicant-country": "", "applicant-purpose": "", "person-0-date_of_birth": ""})
    page = desk.post(ENTER, typed, follow=True)
    order = Order.objects.get()
    assert page.status_code == 200 and "Storgatan 1" in page.content.decode()
    assert (order.country, order.applicant["country"], order.applicant["purpose"]) == ("", "", "")
    assert order.address["country"] == ""
    assert [account.number for account in order.accounts] == ["555-HOME"]
    do(desk, order, "found", order.items.get(), fee_minor="10")
    order.refresh_from_db()
    assert order.amount_minor == 1000
    for kind in ("receipt", "request", "sheet"):
        url = reverse("diaspora_desk:paper", args=[order.pk, kind])
        paper = desk.get(url, {"item": order.items.get().pk} if kind == "sheet" else {})
        assert paper.status_code == 200 and paper.content.startswith(b"%PDF")
    assert order in desk.get(QUEUE).context["rows"]
    assert order not in desk.get(QUEUE, {"country": "SE"}).context["rows"]
    assert exporting.export(order)


def test_an_unknown_purpose_or_country_is_refused(office, desk):
    for changes in ({"applicant-country": "QQ"}, {"applicant-purpose": "fun"}):
        assert desk.post(ENTER, letter(**changes)).status_code == 422
    assert not Order.objects.exists()
