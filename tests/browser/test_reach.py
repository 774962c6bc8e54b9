"""An order from Malmö on the website of a town that speaks German only, and a host's reset."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import wagtail_diaspora
from tests.running.host import RunningHost

from .people import Citizen, passport

pytestmark = pytest.mark.slow

SHEET = Path(wagtail_diaspora.__file__).parent / "static" / "wagtail_diaspora" / "diaspora.css"
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


# What Tailwind's preflight, its forms plugin and older resets do.
RESET = """*{border:0;margin:0;padding:0}ol,ul{list-style:none}a{color:inherit;text-decoration:none}
summary{display:block;list-style:none}input,select{appearance:none}"""
LAID_OUT = """<style>%s</style><style>%s</style><main class="diaspora"><a href="#">a</a>
<ul><li>1</ul><ol><li>1</ol><details><summary>s</summary></details><input type="radio">
<input type="checkbox"><select></select></main>"""


def test_a_reset_of_the_host_hides_no_control(chromium):
    page = chromium.new_page()
    page.set_content(LAID_OUT % (RESET, SHEET.read_text(encoding="utf-8")))
    shown = {
        "a": ("textDecorationLine", "underline"),
        "ul": ("listStyleType", "disc"),
        "ol": ("listStyleType", "decimal"),
        "summary": ("display", "list-item"),
        "input[type=radio]": ("appearance", "auto"),
        "input[type=checkbox]": ("appearance", "auto"),
        "select": ("appearance", "auto"),
    }
    for element, (name, value) in shown.items():
        assert page.eval_on_selector(element, "(e, name) => getComputedStyle(e)[name]", name) == value, (
            element
        )
    page.close()
