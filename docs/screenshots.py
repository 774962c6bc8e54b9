"""Makes the pictures of the documentation: `make screenshots`, or with languages: `… LANGUAGES="bs en"`.

A fresh demonstration in a temporary folder and a real Chromium, for each guide in its own language. Nothing
is retouched; people and numbers are the demonstration's.
"""

import contextlib
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
PASSWORD = "dijaspora-demo"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5}
DESK = {"viewport": {"width": 1360, "height": 860}}
PHONE_PICTURE, DESK_PICTURE, HOME_PICTURE = 1000, 1000, 540
COLOURS = 96

TOWNS = {
    "bs": ("bs", "sanski-most"),
    "hr": ("hr", "sanski-most"),
    "sr_Latn": ("sr-latn", "prijedor"),
    "sr": ("sr", "prijedor"),
    "en": ("en", "prijedor"),
}
"""Folder of pictures: language of citizen and clerk, and the town that they are in."""

PEOPLE = {"sr": ("Пробна", "Примјерић", "Примјер", "Огледни", "Огледна")}
LATIN = ("Probna", "Primjerić", "Primjer", "Ogledni", "Ogledna")


@contextlib.contextmanager
def demonstration() -> Iterator[int]:
    """The port on which it serves; it is gone at the end, with its folder."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="demonstration-") as folder:
        env = os.environ | {"DEMO_DATA": folder, "PORT": str(port)}
        command = [sys.executable, str(ROOT / "example_site" / "demo.py")]
        demo = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/", demo)
            yield port
        finally:
            demo.terminate()
            demo.wait()


def wait_for(url: str, demo: subprocess.Popen) -> None:
    for _attempt in range(600):
        if demo.poll() is not None:
            sys.exit("The demonstration ended before it served.")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=5).close()
            return
        time.sleep(0.2)
    sys.exit("The demonstration does not answer.")


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
        shot = Image.open(io.BytesIO(self.page.screenshot(full_page=True, clip=clip))).convert("RGB")
        self.folder.mkdir(parents=True, exist_ok=True)
        small = shot.quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(self.folder / f"{name}.png", optimize=True)


def press(locator: Locator) -> None:
    with locator.page.expect_navigation():
        locator.click()


class Citizen:
    def __init__(self, browser: Browser, url: str, language: str, folder: Path):
        self.page = browser.new_context(**PHONE).new_page()
        self.camera = Camera(self.page, folder, PHONE_PICTURE)
        self.url, self.language = url, language

    def fill(self, **answers: str) -> None:
        for name, value in answers.items():
            field = self.page.locator(f"main [name={name}]").first
            if field.get_attribute("type") == "radio":
                self.page.locator(f"main [name={name}][value='{value}']").check()
            elif field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def send(self) -> None:
        press(self.page.locator("main form:not(:has(.diaspora-link-button)) .diaspora-button").first)

    def order(self) -> tuple[str, str]:
        """Reference of the order, and the number of the registrar page."""
        forenames, family_name, place, father, mother = PEOPLE.get(self.language, LATIN)
        self.page.goto(f"{self.url}/virtuelni-maticar/?language={self.language}")
        self.camera.take("citizen-page")
        button = self.page.locator("main a.diaspora-button").first
        registrar_page = re.search(r"page=(\d+)", button.get_attribute("href"))[1]
        press(button)
        self.camera.take("citizen-choose")
        self.fill(type="birth", language="sr" if self.language == "sr" else "bs", copies="1")
        self.send()
        self.fill(relation="self", family_name=family_name, forenames=forenames, sex="F")
        self.fill(date_of_birth="1. 4. 1985.", place_of_birth=place)
        self.fill(father_name=f"{father} {family_name}", mother_name=f"{mother} {family_name}")
        self.send()
        press(self.page.locator("main a.diaspora-button").first)
        self.fill(forenames=forenames, family_name=family_name, country="DE", purpose="passport")
        self.fill(email="probna@example.net")
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
        return self.page.inner_text(".diaspora-reference").strip(), registrar_page

    def track(self) -> None:
        self.page.goto(self.page.url.removesuffix("sent/"))
        self.camera.take("citizen-tracking")


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

    def work_on(self, reference: str) -> None:
        self.page.goto(f"{self.admin}/")
        self.camera.take("clerk-home", height=HOME_PICTURE)
        self.page.goto(f"{self.admin}/diaspora/orders/")
        self.camera.take("clerk-queue")
        press(self.page.get_by_role("link", name=reference))
        self.page.set_viewport_size({"width": 1360, "height": DESK_PICTURE})
        self.camera.take("clerk-case")
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


def picture() -> dict:
    out = io.BytesIO()
    Image.new("RGB", (640, 400), "teal").save(out, "JPEG")
    return {"name": "passport.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def make(browser: Browser, port: int, name: str) -> None:
    language, town = TOWNS[name]
    url, folder = f"http://{town}.localhost:{port}", IMAGES / name
    citizen = Citizen(browser, url, language, folder)
    reference, registrar_page = citizen.order()
    Desk(browser, url, f"{town}-maticar", language, folder).work_on(reference)
    citizen.track()
    Desk(browser, url, f"{town}-urednik", language, folder).edit(registrar_page)


def main(names: list[str]) -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("Chromium is needed: apt-get install chromium")
    with demonstration() as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for name in names:
            make(browser, port, name)
            print(f"docs/images/{name}")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:] or list(TOWNS))
