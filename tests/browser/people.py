"""A citizen with a phone and a clerk at a desk, in Chromium. What they see is looked at by axe."""

import io
import re

import pillow_heif
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from tests.running.host import PASSWORD

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
SELECTS = {"language", "country", "purpose"}


def passport():
    out = io.BytesIO()
    pillow_heif.register_heif_opener()
    Image.new("RGB", (320, 200), "navy").save(out, "HEIF")
    return {"name": "IMG_0001.HEIC", "mimeType": "image/heic", "buffer": out.getvalue()}


def press(locator):
    """Click, and wait until the page that comes of it has loaded."""
    with locator.page.expect_navigation():
        locator.click()


class Citizen:
    """A phone. With JavaScript each page is looked at by axe."""

    def __init__(self, browser, url, *, javascript=True, viewport=PHONE, locale="sr-BA", **options):
        self.url, self.javascript, self.width = url, javascript, viewport["width"]
        options |= {"viewport": viewport, "locale": locale, "java_script_enabled": javascript}
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()

    def look(self):
        """No violation, no sideways scrolling."""
        if self.javascript:
            found = Axe().run(self.page)
            assert not found.violations_count, found.generate_report()
            assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width

    def send(self):
        self.look()
        self.press("main form:not(:has(.diaspora-link-button)) .diaspora-button")

    def press(self, selector):
        press(self.page.locator(selector).first)

    def fill(self, **answers):
        for name, value in answers.items():
            field = self.page.locator(f"[name={name}]").first
            kind = field.get_attribute("type")
            if kind == "radio":
                self.page.locator(f"[name={name}][value='{value}']").check()
            elif kind == "checkbox":
                field.check()
            elif field.evaluate("e => e.tagName") == "SELECT" if self.javascript else name in SELECTS:
                field.select_option(value)
            else:
                field.fill(value)

    def go_on(self):
        """From the list of documents."""
        self.look()
        self.press(".diaspora-actions > a.diaspora-button")

    def order(self, item, person, you, delivery):
        """One document, from the registrar page that is shown; returns the reference."""
        self.look()
        self.press("main a.diaspora-button")
        for answers in (item, person):
            self.fill(**answers)
            self.send()
        self.go_on()
        for answers in (you, delivery):
            self.fill(**answers)
            self.send()
        for field in self.page.locator("input[type=file]").all():
            field.set_input_files([passport()])
        self.send()
        self.fill(declared="on", privacy="on")
        self.send()
        self.look()
        return self.page.inner_text(".diaspora-reference").strip()

    def confirm(self, mail):
        """The address, with the link of a mail."""
        text = mail.get_body(("plain",)).get_content()
        self.page.goto(re.search(rf"{self.url}/diaspora/confirm/\S+", text)[0])
        self.send()

    def mailed(self, mail):
        """Open the first private address of a mail."""
        text = mail.get_body(("plain",)).get_content()
        self.page.goto(re.search(rf"{self.url}/diaspora/(?:open|resume)/\S+", text)[0])

    def use_code(self, mail):
        """Ask for a code on this page, read it in the mail that `mail` gives, and type it."""
        self.send()
        text = mail().get_body(("plain",)).get_content()
        self.fill(code=re.search(r"\b\d{6}\b", text)[0])
        self.look()


class Clerk:
    def __init__(self, browser, url, *, username="clerk", viewport=DESK, **options):
        self.page = browser.new_context(viewport=viewport, **options).new_page()
        self.url = url
        self.page.goto(f"{url}/admin/login/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        press(self.page.locator("button[type=submit]"))

    def open_case(self, reference):
        self.page.goto(f"{self.url}/admin/diaspora/orders/")
        press(self.page.get_by_role("link", name=reference))

    def step(self, name, within="main", **answers):
        press(self.page.locator(within).get_by_role("link", name=name, exact=True).first)
        for field, value in answers.items():
            self.page.fill(f"[name={field}]", value)
        press(self.page.locator("main form button.button"))
        expect(self.page.locator(".messages .success")).to_be_visible()

    def look(self):
        """No violation in what is ours. Wagtail's list of panels is not, nor its messages, which fade in."""
        ours = {"include": [["main"]], "exclude": [[".w-minimap"], [".messages"]]}
        found = Axe().run(self.page, context=ours)
        assert not found.violations_count, found.generate_report()
