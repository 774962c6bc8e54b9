"""The page on which an order is declared and sent: its terms, its privacy notice, what keeps it back."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, Site

from tests.factories.registrar import a_site, an_office
from tests.registrar.citizen import Citizen
from wagtail_diaspora.registrar import links, setup
from wagtail_diaspora.registrar.models import DocumentType, Draft, Order, RegistrarPage, RegistrarSettings
from wagtail_diaspora.registrar.models.pages import RegistrarPageWords

pytestmark = pytest.mark.django_db
DECLARED = {"declared": "on", "privacy": "on"}


@pytest.fixture
def office():
    return an_office(site=a_site("testserver"), postage_abroad_minor=850)


@pytest.fixture
def citizen(client, office):
    citizen = Citizen(client)
    citizen.url += "?language=en"
    return citizen


def page_of(office, **words):
    page = RegistrarPage(title="Matičar", slug="maticar", **words)
    return office.site.root_page.add_child(instance=page)


def write_english(page, notice):
    page.other_words.add(RegistrarPageWords(language="en", privacy_notice=notice))
    page.save()


def text(response):
    return response.content.decode()


def agreed(response):
    return re.search(r'name="agreed" value="([^"]*)"', text(response))[1]


def shown(citizen):
    return citizen.client.get(citizen.url)


def test_what_was_agreed_is_what_is_sent(citizen, office):
    page = shown(citizen.as_far_as_check())
    assert agreed(page).startswith("1850 check_first 20")
    assert citizen.post(**DECLARED, agreed=agreed(page)).status_code == 302
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda: DocumentType.objects.update(fee_minor=700), "22.50"),
        (lambda: RegistrarSettings.objects.update(payment_policy="pay_first"), "before the office begins"),
        (lambda: DocumentType.objects.update(working_days=40), "worked on it by"),
    ],
)
def test_other_terms_are_shown_again_and_nothing_is_sent(citizen, change, sentence):
    before = agreed(shown(citizen.as_far_as_check()))
    change()
    RegistrarSettings.objects.update(offer_version=99)
    again = citizen.post(**DECLARED, agreed=before)
    assert again.status_code == 422 and not Order.objects.exists()
    assert "has changed" in text(again) and sentence in text(again)
    assert agreed(again) != before
    assert citizen.post(**DECLARED, agreed=agreed(again)).status_code == 302


def test_a_closure_that_began_meanwhile_keeps_the_order_back(citizen, office):
    citizen.as_far_as_check()
    today = timezone.localdate()
    office.closures.create(first_day=today, last_day=today + timedelta(days=3), takes_orders=False)
    kept = citizen.post(**DECLARED)
    assert kept.status_code == 422 and "The office takes no orders just now" in text(kept)
    assert not Order.objects.exists() and Draft.objects.get().answers


def test_a_document_that_is_no_longer_offered_keeps_the_order_back(citizen, office):
    citizen.as_far_as_check()
    kind = office.document_types.get(code="birth")
    kind.active = False
    kind.save()
    kept = citizen.post(**DECLARED)
    assert kept.status_code == 422 and "no longer offers this document" in text(kept)
    assert "Select a valid choice" not in text(kept) and not Order.objects.exists()


def test_a_free_order_shows_that_nothing_is_paid(citizen, office):
    RegistrarSettings.objects.update(payment_policy="free")
    page = shown(citizen.as_far_as_check())
    assert agreed(page).startswith("0 free") and "You pay nothing." in text(page)


def test_the_notice_is_that_of_the_page_in_the_citizens_language(citizen, office):
    page_of(office, privacy_notice="<p>Obavijest druge stranice</p>")
    page = RegistrarPage(title="Naša", slug="nasa", privacy_notice="<p>Naša obavijest</p>")
    office.site.root_page.add_child(instance=page)
    write_english(page, "<p>Our own notice</p>")
    citizen.url += f"&page={page.pk}"
    citizen.as_far_as_check()
    assert "Our own notice" in text(shown(citizen))
    citizen.url += "?language=bs"
    assert "Naša obavijest" in text(shown(citizen))
    citizen.url = citizen.url.replace("bs", "de")
    assert "Our own notice" not in text(shown(citizen)) and "Naša obavijest" not in text(shown(citizen))


def test_the_notice_of_the_offices_page_stands_in_for_a_page_that_is_gone(citizen, office):
    citizen.as_far_as_check()
    assert Draft.objects.get().page is None
    assert "uses what you write only to work on this order" in text(shown(citizen))
    write_english(page_of(office), "<p>Our own notice</p>")
    assert "Our own notice" in text(shown(citizen))


def test_the_page_of_another_office_is_not_taken(citizen, office):
    root = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
    Site.objects.create(hostname="other.example.org", root_page=root)
    page = root.add_child(instance=RegistrarPage(title="Matičar", slug="maticar"))
    citizen.url += f"&page={page.pk}"
    citizen.post(type="birth", language="sr", copies="2")
    assert Draft.objects.get().page is None


@pytest.mark.parametrize("months", [7, 1])
def test_retention_is_told_from_the_settings_of_today(client, citizen, office, months):
    RegistrarSettings.objects.update(retention_months=24)
    page = page_of(office, privacy_notice=setup.shipped_words("privacy_notice", office))
    assert "24" not in page.privacy_notice
    RegistrarSettings.objects.update(retention_months=months)
    told = f"{months} month{'s' if months > 1 else ''} after the order is closed"
    assert told in text(shown(citizen.as_far_as_check()))
    assert told in text(client.get("/maticar/?language=en"))


@pytest.mark.parametrize(
    ("policy", "rule"),
    [
        ("check_first", "You pay only after a clerk has found your record."),
        ("pay_first", "You pay before a clerk looks for your record."),
        ("on_delivery", "You pay when you receive the documents."),
        ("free", "You pay nothing."),
    ],
)
def test_when_people_pay_is_told_from_the_settings_of_today(client, office, policy, rule):
    introduction = setup.shipped_words("introduction", office)
    page_of(office, introduction=introduction)
    RegistrarSettings.objects.update(payment_policy=policy)
    page = text(client.get("/maticar/?language=en"))
    assert page.count("You pay ") == 1 and rule in page


def test_a_picture_is_asked_for_where_the_office_wants_one(client, office):
    page_of(office)
    asked = "A picture or scan of your passport"
    assert asked in text(client.get("/maticar/?language=en"))
    office.registrar_settings.identity_required = False
    office.registrar_settings.save()
    assert asked not in text(client.get("/maticar/?language=en"))


def test_the_check_page_leads_to_the_draft(citizen, office):
    citizen.as_far_as_check()
    assert links.address("erase", draft=Draft.objects.get().pk) in text(shown(citizen))
