"""The screens that no journey passes: what went wrong, what is late, what is set, and what is not there."""

import json

import pytest
from playwright.sync_api import expect

from .people import DESK, PHONE, Citizen, Clerk, press

pytestmark = pytest.mark.slow

ENTER = "/admin/diaspora/orders/enter/"
BUSY = "import json; from tests.running.busy import make; print(json.dumps(make()))"
LOOKS = {"desk, light": (DESK, "light"), "phone, dark": (PHONE, "dark")}


@pytest.fixture(scope="module")
def screens(town):
    """Paths of a busy office: `desk` and `citizen`."""
    return json.loads(town.manage("shell", "-v0", "-c", BUSY))


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_of_the_desk_can_be_read(chromium, town, screens, look):
    viewport, colours = LOOKS[look]
    clerk = Clerk(chromium, town.url, username="web", viewport=viewport, color_scheme=colours)
    for path in screens["desk"]:
        clerk.page.goto(town.url + path)
        clerk.look()
    clerk.page.goto(town.url + ENTER)
    if clerk.page.locator("main a[href^='?municipality=']").count():
        clerk.look()
        press(clerk.page.locator("main a[href^='?municipality=']").first)
    press(clerk.page.locator("main button.button[value=continue]"))
    clerk.look()


def test_the_chosen_orders_are_assigned_from_any_row(chromium, town, screens):
    clerk = Clerk(chromium, town.url)
    page = clerk.page
    page.goto(f"{town.url}/admin/diaspora/orders/")
    rows = page.locator("tbody input[name=order]")
    assert rows.count() > 40
    button = page.locator("form#assign button")
    expect(button).not_to_be_in_viewport()
    rows.first.check()
    expect(button).to_be_in_viewport()
    clerk.look()


@pytest.mark.parametrize("language", ["bs", "hr", "sr-latn", "sr", "de", "en"])
def test_every_page_that_is_not_a_step_can_be_read(chromium, town, screens, language):
    citizen = Citizen(chromium, town.url)
    for path in screens["citizen"]:
        citizen.page.goto(f"{town.url}{path}?language={language}")
        citizen.look()


@pytest.mark.parametrize(
    ("language", "words"),
    [("sr", "Образац није прихваћен"), ("de", "Das Formular wurde nicht angenommen")],
)
def test_whoever_has_switched_cookies_off_reads_why(chromium, town, language, words):
    citizen = Citizen(chromium, town.url)
    citizen.page.goto(f"{town.url}/diaspora/order/new/?language={language}")
    citizen.fill(type="birth", language="bs", copies="1")
    citizen.page.context.clear_cookies()
    citizen.send()
    assert citizen.page.inner_text("h1") == words
    citizen.look()
