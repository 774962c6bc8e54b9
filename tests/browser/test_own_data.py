"""A citizen on a phone corrects what was sent, writes with a ready sentence, and takes the own data home."""

import json

from playwright.sync_api import expect

from .people import Citizen, press

ORDER = """
from tests.factories.registrar import an_order
from wagtail_diaspora.municipalities.models import Municipality
print(an_order(Municipality.objects.get(), language="en").reference)
"""


def test_the_phone_is_corrected_and_the_data_downloaded(chromium, host, mailbox):
    reference = host.manage("shell", "-v0", "-c", ORDER).strip()
    host.deliver()
    citizen = Citizen(chromium, host.url, locale="en")
    page = citizen.page
    citizen.mailed(mailbox.messages[-1])

    def delivered():
        host.deliver()
        return mailbox.messages[-1]

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
