"""The people of the pictures: a citizen with a phone, and somebody at Wagtail's desk, each with a camera."""

import io
import re
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page

PASSWORD = "dijaspora-demo"
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5}
DESK = {"viewport": {"width": 1360, "height": 860}}
PHONE_PICTURE, DESK_PICTURE, MESSAGE_PICTURE, HOME_PICTURE = 1000, 1000, 900, 540
REPORT_PICTURE, LEDGER_PICTURE, NEWS_PICTURE = 420, 560, 1380
ICON = 48
COLOURS = 96

PEOPLE = {"sr": ("Пробна", "Примјерић", "Примјер", "Доњи Примјер", "Огледни", "Огледна")}
LATIN = ("Probna", "Primjerić", "Primjer", "Donji Primjer", "Ogledni", "Ogledna")
BORN = {
    "bs": "1. 4. 1985.",
    "hr": "2. 4. 1985.",
    "sr-latn": "3. 4. 1985.",
    "sr": "4. 4. 1985.",
    "en": "5. 4. 1985.",
}
"""Another one in each language, so that nobody is taken for the person of another picture."""


MARKED = "Ljetni"
"""In the title of a page that each town of the demonstration has marked for the diaspora."""


NEWSROOM = "televizija.example.org"
"""One that was invited, and has not confirmed its mailbox."""


class Camera:
    def __init__(self, page: Page, folder: Path, height: int):
        self.page, self.folder, self.height = page, folder, height

    def take(self, name: str, height: int | None = None) -> None:
        """The top of the page, as far as it or the picture goes."""
        self.page.wait_for_load_state("networkidle")
        whole = self.page.evaluate("document.documentElement.scrollHeight")
        clip = {
            "x": 0,
            "y": 0,
            "width": self.page.viewport_size["width"],
            "height": min(height or self.height, whole),
        }
        self._keep(name, self.page.screenshot(full_page=True, clip=clip))

    def take_part(self, name: str, part: Locator) -> None:
        """One panel of the desk, with its icon."""
        self.page.wait_for_load_state("networkidle")
        part.scroll_into_view_if_needed()
        box = part.bounding_box()
        clip = {
            "x": box["x"] - ICON,
            "y": box["y"],
            "width": box["width"] + ICON,
            "height": box["height"] + 8,
        }
        self._keep(name, self.page.screenshot(clip=clip))

    def _keep(self, name: str, picture: bytes) -> None:
        shot = Image.open(io.BytesIO(picture)).convert("RGB")
        self.folder.mkdir(parents=True, exist_ok=True)
        small = shot.quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(self.folder / f"{name}.png", optimize=True)


def press(locator: Locator) -> None:
    with locator.page.expect_navigation():
        locator.click()


def answer(page: Page, name: str, value: str) -> None:
    field = page.locator(f"main [name='{name}']").first
    if field.get_attribute("type") == "radio":
        page.locator(f"main [name='{name}'][value='{value}']").check()
    elif field.evaluate("e => e.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)


class Citizen:
    def __init__(self, browser: Browser, url: str, language: str, folder: Path):
        self.page = browser.new_context(**PHONE).new_page()
        self.camera = Camera(self.page, folder, PHONE_PICTURE)
        self.url, self.language = url, language

    def fill(self, **answers: str) -> None:
        for name, value in answers.items():
            answer(self.page, name, value)

    def send(self) -> None:
        press(self.page.locator("main form:not(:has(.diaspora-link-button)) .diaspora-button").first)

    @property
    def person(self) -> dict[str, str]:
        """What the order says about the person in the record."""
        forenames, family_name, place, _right_place, father, mother = PEOPLE.get(self.language, LATIN)
        return {
            "relation": "self",
            "family_name": family_name,
            "forenames": forenames,
            "sex": "F",
            "date_of_birth": BORN[self.language],
            "place_of_birth": place,
            "father_name": f"{father} {family_name}",
            "mother_name": f"{mother} {family_name}",
        }

    @property
    def email(self) -> str:
        return f"probna.{self.language}@example.net"

    def order(self) -> tuple[str, str]:
        """Reference of the order, and the number of the registrar page."""
        person = self.person
        self.page.goto(f"{self.url}/virtuelni-maticar/?language={self.language}")
        self.camera.take("citizen-page")
        button = self.page.locator("main a.diaspora-button").first
        registrar_page = re.search(r"page=(\d+)", button.get_attribute("href"))[1]
        press(button)
        self.camera.take("citizen-choose")
        self.fill(type="birth", language="sr" if self.language == "sr" else "bs", copies="1")
        self.send()
        self.fill(**person)
        self.send()
        press(self.page.locator("main a.diaspora-button").first)
        self.fill(forenames=person["forenames"], family_name=person["family_name"])
        self.fill(country="DE", purpose="passport", email=self.email)
        self.send()
        self.fill(method="post", name="Probna Primjerić", lines="Musterstraße 1", postcode="70173")
        self.fill(city="Stuttgart", country="DE")
        self.send()
        self.page.locator("main input[type=file]").first.set_input_files([picture()])
        self.send()
        self.camera.take("citizen-check")
        for box in self.page.locator("main input[type=checkbox]").all():
            box.check()
        self.send()
        self.case = self.page.url.removesuffix("sent/")
        return self.page.inner_text(".diaspora-reference").strip(), registrar_page

    def correct(self) -> None:
        """The place of birth, with the code that was mailed."""
        self.page.goto(f"{self.case}change/")
        self.send()
        self.fill(code=self.mailed_code())
        self.send()
        self.page.goto(f"{self.case}change/person/1/")
        self.fill(place_of_birth=PEOPLE.get(self.language, LATIN)[3])
        self.send()

    def mailed_code(self) -> str:
        mailbox = self.page.context.new_page()
        for _attempt in range(120):
            mailbox.goto(f"{self.url}/mailbox/")
            mine = mailbox.locator("li.card", has_text=self.email).locator("a")
            for address in [link.get_attribute("href") for link in mine.all()]:
                mailbox.goto(f"{self.url}{address}")
                if code := re.search(r"^\s*(\d{6})\s*$", mailbox.inner_text(".letter"), re.MULTILINE):
                    mailbox.close()
                    return code[1]
            time.sleep(0.5)
        raise TimeoutError("No code was mailed.")

    def track(self) -> None:
        self.page.goto(self.case)
        self.camera.take("citizen-tracking")

    def examples(self) -> None:
        self.page.goto(f"{self.url}/diaspora/good-practice/?language={self.language}")
        self.camera.take("reader-examples")

    def take_news(self) -> None:
        """As a newsroom that reads of the feeds, and was invited by mail."""
        self.page.goto(f"{self.url}/diaspora/feeds/?language={self.language}")
        self.camera.take("reader-feeds")
        self.page.goto(f"{self.url}/mailbox/")
        mine = self.page.locator("li.card", has_text=NEWSROOM).locator("a")
        for address in [link.get_attribute("href") for link in mine.all()]:
            self.page.goto(f"{self.url}{address}")
            if found := re.search(rf"{self.url}/diaspora/p/\S+", self.page.inner_text(".letter")):
                self.page.goto(f"{found[0]}?language={self.language}")
                return self.camera.take("newsroom-page")
        raise LookupError("No newsroom was invited.")


class Desk:
    """Somebody in Wagtail's admin, who chose their language in their account."""

    def __init__(self, browser: Browser, url: str, user: str, language: str, folder: Path):
        self.page = browser.new_context(**DESK).new_page()
        self.camera = Camera(self.page, folder, DESK_PICTURE)
        self.admin = f"{url}/admin"
        self.page.goto(f"{self.admin}/login/")
        self.page.fill("[name=username]", user)
        self.page.fill("[name=password]", PASSWORD)
        press(self.page.locator("button[type=submit]").first)
        self.page.goto(f"{self.admin}/account/")
        self.page.locator("[name=locale-preferred_language]").select_option(language)
        press(self.page.locator("footer button[type=submit], main form > button[type=submit]").first)

    def fill(self, part: str, **answers: str) -> None:
        for name, value in answers.items():
            answer(self.page, f"{part}-{name}", value)

    def enter(self, person: dict[str, str]) -> None:
        """A letter from Germany about somebody who has an open order."""
        self.page.set_viewport_size({"width": 1360, "height": DESK_PICTURE})
        self.page.goto(f"{self.admin}/diaspora/orders/enter/")
        self.fill("arrival", channel="post", language="de", protocol_number="05-13-104/26")
        self.fill("item-0", type="birth", copies="1")
        press(self.page.locator("main button.button[value=continue]"))
        self.fill("person-0", **person)
        self.page.evaluate("document.activeElement.blur()")
        self.page.evaluate("document.querySelectorAll('*').forEach(part => part.scrollTop = 0)")
        self.camera.take("clerk-entry")
        self.fill("applicant", country="DE", purpose="passport", email="brief@example.net")
        self.fill("delivery", method="post", lines="Musterstraße 1", postcode="70173", city="Stuttgart")
        press(self.page.locator("main button.button[value=enter]"))

    def write(self) -> None:
        """To the applicant of the case that is open, with a template."""
        press(self.page.locator("main a[href$='/do/ask/']"))
        self.page.select_option("[name=template]", index=1)
        self.page.set_viewport_size({"width": 1360, "height": MESSAGE_PICTURE})
        press(self.page.locator("[name=insert]"))
        self.camera.take("clerk-message")
        self.page.set_viewport_size(DESK["viewport"])

    def work_on(self, reference: str) -> None:
        self.page.goto(f"{self.admin}/")
        self.camera.take("clerk-home", height=HOME_PICTURE)
        self.page.goto(f"{self.admin}/diaspora/orders/")
        self.camera.take("clerk-queue")
        press(self.page.get_by_role("link", name=reference))
        self.page.set_viewport_size({"width": 1360, "height": DESK_PICTURE})
        self.camera.take("clerk-case")
        self.camera.take_part("clerk-corrections", self.page.locator("#corrections-section"))
        press(self.page.locator("main a[href*='/do/found/']").first)
        self.page.set_viewport_size(DESK["viewport"])
        self.page.fill("[name=number]", "104")
        self.page.fill("[name=book]", "1985")
        self.camera.take("clerk-step")
        press(self.page.locator("main form button.button").first)

    def edit(self, registrar_page: str) -> None:
        self.page.set_viewport_size({"width": 1360, "height": DESK_PICTURE})
        self.page.goto(f"{self.admin}/pages/{registrar_page}/edit/")
        self.camera.take("editor-page")

    def decide(self) -> None:
        """What became of a page for the diaspora, and the pages about which nobody has decided."""
        self.page.set_viewport_size(DESK["viewport"])
        self.page.goto(f"{self.admin}/reports/diaspora-undecided/")
        self.camera.take("editor-undecided", height=REPORT_PICTURE)
        self.page.goto(f"{self.admin}/reports/diaspora-ledger/")
        self.camera.take("editor-ledger", height=LEDGER_PICTURE)
        self.page.goto(f"{self.admin}/diaspora/news/hub/")
        self.camera.take("editor-hub", height=LEDGER_PICTURE)
        self.page.goto(f"{self.admin}/pages/search/?q={MARKED}")
        edit = self.page.locator("main a[href$='/edit/']").first.get_attribute("href")
        self.page.set_viewport_size({"width": 1360, "height": NEWS_PICTURE})
        self.page.goto(f"{self.admin}/diaspora/news/page/{re.search(r'[0-9]+', edit)[0]}/")
        self.camera.take("editor-news", height=NEWS_PICTURE)

    def put_together(self) -> None:
        """The issue of the demonstration, taken back, with one of its examples proposed again."""
        self.page.goto(f"{self.admin}/diaspora_issue/")
        press(self.page.locator("main td.title a").first)
        for button in ("[value=take_back]", "[value^='down:'] ~ [value^='put_back:']"):
            if self.page.locator(button).count():
                press(self.page.locator(button).first)
        self.page.goto(self.page.url.partition("#")[0])
        self.camera.take("editor-bulletin", height=LEDGER_PICTURE)


def picture() -> dict:
    out = io.BytesIO()
    Image.new("RGB", (640, 400), "teal").save(out, "JPEG")
    return {"name": "passport.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
