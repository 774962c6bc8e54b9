"""A citizen on a phone corrects what was sent, uses a ready sentence, and takes own data and files home."""

import json

import pytest
from playwright.sync_api import expect

from .people import Citizen, Clerk, passport, press

pytestmark = pytest.mark.slow

ORDER = """
from tests.factories.registrar import an_order
from wagtail_diaspora.municipalities.models import Municipality
print(an_order(Municipality.objects.get(code="primjer"), language="en", email="{}").reference)
"""


def order(town, email):
    """The reference; whoever has that address has the first mail."""
    reference = town.manage("shell", "-v0", "-c", ORDER.format(email)).strip()
    town.deliver()
    return reference


def test_the_phone_is_corrected_and_the_data_downloaded(chromium, town, mailbox):
    email = "phone@example.net"
    reference = order(town, email)
    citizen = Citizen(chromium, town.url, locale="en")
    page = citizen.page
    citizen.mailed(mailbox.latest_to(email))

    def delivered():
        town.deliver()
        return mailbox.latest_to(email)

    citizen.look()
    page.select_option("[name=sentence]", "when")
    press(page.locator("button[name=insert]"))
    citizen.look()
    expect(page.locator("#thread [name=body]")).to_have_value("When will my document be ready?")

    press(page.locator("a[href$='/change/']"))
    citizen.use_code(delivered)
    citizen.press("main form .diaspora-button")
    citizen.look()
    press(page.locator("a[href$='/change/phone/']"))
    citizen.fill(phone="+49 711 99999")
    citizen.send()
    citizen.look()
    assert "+49 711 99999" in page.inner_text("main")

    page.goto(page.url.split("/change/")[0] + "/export/")
    citizen.use_code(delivered)
    with page.expect_download() as download:
        page.locator("main form .diaspora-button").first.click()
    data = json.loads(download.value.path().read_text())
    assert data["reference"] == reference and data["applicant"]["phone"] == "+4971199999"


def test_a_file_from_the_office_is_opened_with_a_code(chromium, town, mailbox):
    email = "file@example.net"
    reference = order(town, email)
    citizen = Citizen(chromium, town.url, locale="en")
    page = citizen.page
    citizen.mailed(mailbox.latest_to(email))

    clerk = Clerk(chromium, town.url)
    clerk.open_case(reference)
    press(clerk.page.locator("main a[href$='/do/write/']"))
    clerk.look()
    clerk.page.fill("[name=body]", "Here is the certificate.")
    clerk.page.set_input_files("[name=office]", [passport()])
    press(clerk.page.locator("main form button.button"))
    expect(clerk.page.locator("main .diaspora-desk-files a")).to_have_text("IMG_0001.jpg")
    clerk.look()

    def delivered():
        town.deliver()
        return mailbox.latest_to(email)

    page.reload()
    citizen.look()
    press(page.get_by_role("link", name="IMG_0001.jpg"))
    citizen.use_code(delivered)
    citizen.press("main form .diaspora-button")
    citizen.look()
    with page.expect_download() as download:
        page.get_by_role("link", name="IMG_0001.jpg").click()
    assert download.value.suggested_filename == "IMG_0001.jpg"
    assert download.value.path().read_bytes().startswith(b"\xff\xd8\xff")
