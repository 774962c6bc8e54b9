"""Orders that come another way: for a mother who died, in another office's site, and by letter."""

import pytest

from .keyboard import TypingClerk
from .people import Citizen, Clerk

pytestmark = pytest.mark.slow

MOTHER = {
    "relation": "child",
    "family_name": "Šćepanović-O’Brien",
    "forenames": "Đurđica",
    "former_names": "Žujić",
    "date_of_birth": "1931.",
    "date_of_death": "travanj 2019.",
    "place_of_death": "Malmö, Švedska",
    "last_residence": "Gornji Primjer",
    "last_spouse_family_name": "Šćepanović",
}
DAUGHTER = {
    "forenames": "Ljubica",
    "family_name": "Šćepanović",
    "country": "SE",
    "email": "ljubica@example.net",
    "purpose": "inheritance",
}
MALMO = {
    "method": "post",
    "name": "Ljubica Šćepanović",
    "lines": "Östra Förstadsgatan 1",
    "postcode": "211 31",
    "city": "Malmö",
    "country": "SE",
}
SELF = {
    "relation": "self",
    "family_name": "Šćepanović",
    "forenames": "Ljubica",
    "sex": "F",
    "date_of_birth": "1/4/1962",
    "place_of_birth": "Donji Primjer",
}
LETTER = {
    "arrival-channel": "post",
    "arrival-protocol_number": "05-123/26",
    "item-0-type": "birth",
    "item-0-language": "sr",
}
ASKED_BY_LETTER = {
    "person-0-relation": "self",
    "person-0-family_name": "Šćepanović",
    "person-0-forenames": "Ljubica",
    "person-0-date_of_birth": "1.4.1962.",
    "person-0-father_name": "Đorđe Žujić",
    "applicant-country": "AT",
    "delivery-method": "post",
    "delivery-lines": "Hauptstraße 1",
    "delivery-city": "Graz",
}
OFFICE_OF = """
from wagtail_diaspora.registrar.models import Order
print(Order.objects.get(reference="{}").municipality.code)
"""


def test_a_death_extract_for_a_mother_without_jmbg(chromium, town):
    citizen = Citizen(chromium, town.url, locale="hr-HR")
    citizen.page.goto(f"{town.url}/virtuelni-maticar/?language=hr")
    reference = citizen.order({"type": "death", "language": "hr", "copies": "1"}, MOTHER, DAUGHTER, MALMO)

    clerk = Clerk(chromium, town.url)
    clerk.open_case(reference)
    clerk.look()
    case = clerk.page.inner_text("main")
    names = {name: said for name, said in MOTHER.items() if name not in ("relation", "date_of_death")}
    assert not [said for said in names.values() if said.strip(".") not in case]
    assert "April 2019" in case and "JMBG" not in case


def test_an_alias_takes_orders_for_the_site_that_it_stands_in(chromium, town):
    town.manage(
        "shell", "-v0", "-c", f"from tests.running.office import make_neighbour; make_neighbour({town.port})"
    )
    url = town.url.replace("localhost", "susjed.localhost")
    citizen = Citizen(chromium, url, locale="bs-BA")
    citizen.page.goto(f"{url}/virtuelni-maticar/?language=bs")
    assert "12,34" in citizen.page.inner_text("main")
    birth = {"type": "birth", "language": "bs", "copies": "1"}
    reference = citizen.order(birth, SELF, DAUGHTER, {"method": "collect"})
    assert citizen.page.url.startswith(url)
    assert town.manage("shell", "-v0", "-c", OFFICE_OF.format(reference)).strip() == "susjed"


def test_a_letter_becomes_a_paper_without_a_mouse(chromium, town):
    clerk = TypingClerk(chromium, town.url)
    page = clerk.page
    page.goto(f"{town.url}/admin/diaspora/orders/")
    clerk.press("a[href$='/orders/enter/']")
    clerk.look()
    clerk.fill(**LETTER)
    clerk.press("main button.button[value=continue]")
    clerk.look()
    clerk.fill(**ASKED_BY_LETTER)
    clerk.look()
    clerk.press("main button.button[value=enter]")
    clerk.look()
    case = page.inner_text("main")
    assert "05-123/26" in case and "Đorđe Žujić" in case and "Hauptstraße 1" in case

    clerk.step("main a[href*='/do/found/']", number="12")
    clerk.step("main a[href*='/do/payment/']", document_number="55")
    assert "Шћепановић" in clerk.paper("main a[href*='/papers/sheet.pdf']")
    clerk.step("main a[href*='/do/issue/']", blank_number="AB 1")
    clerk.look()
    assert "AB 1" in page.inner_text("main")
