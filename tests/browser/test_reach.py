"""An order from Malmö on the website of a town that speaks German only."""

import re

import pytest
from playwright.sync_api import expect

from tests.running.host import RunningHost

from .people import Citizen, passport

MOTHER = {
    "relation": "self",
    "family_name": "Đokić-van der Berg",
    "forenames": "Anđelka",
    "sex": "F",
    "date_of_birth": "01/04/1962",
    "place_of_birth": "Sanski Most",
    "father_name": "Đorđe",
    "mother_name": "Žana O’Neill",
}
MALMO = {
    "method": "post",
    "name": "Anđelka Đokić-van der Berg",
    "lines": "Östra Förstadsgatan 1",
    "postcode": "211 31",
    "city": "Malmö",
    "country": "SE",
}
YOU = {
    "forenames": "Anđelka",
    "family_name": "Đokić-van der Berg",
    "country": "SE",
    "email": "andjelka@example.net",
    "phone": "+46 40 123 45 67",
    "purpose": "school",
}


@pytest.fixture
def german_host(tmp_path):
    running = RunningHost(tmp_path, settings="tests.hosts.variants.one_language")
    running.prepare()
    running.start()
    yield running
    running.stop()


def test_an_order_in_german_from_malmo(chromium, german_host):
    citizen = Citizen(chromium, german_host.url, locale="de-DE")
    page = citizen.page
    page.goto(f"{german_host.url}/virtuelles-standesamt/")
    citizen.look()
    citizen.press("main a.diaspora-button")
    citizen.fill(type="birth", language="bs", copies="1")
    citizen.send()
    citizen.send()
    the_summary_leads_to_the_field(citizen)
    citizen.fill(**MOTHER)
    citizen.send()
    citizen.go_on()
    assert page.locator(".diaspora-trap").bounding_box()["width"] <= 1
    citizen.fill(**YOU)
    citizen.send()
    citizen.fill(**MALMO)
    citizen.send()
    page.locator("input[type=file]").first.set_input_files([passport()])
    citizen.send()
    answers = page.inner_text("main")
    assert "1. April 1962" in answers and "Östra Förstadsgatan 1" in answers and "Schweden" in answers
    citizen.fill(declared="on", privacy="on")
    citizen.send()
    citizen.look()
    assert re.fullmatch(
        r"[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}", page.inner_text(".diaspora-reference").strip()
    )


def the_summary_leads_to_the_field(citizen):
    """Whoever sent an empty form hears what is missing first, and is taken there."""
    page = citizen.page
    expect(page.locator(".diaspora-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    field = page.evaluate("document.activeElement.hash")
    page.keyboard.press("Enter")
    expect(page.locator(field)).to_be_focused()
    page.goto(page.url)
