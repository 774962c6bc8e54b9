"""Makes the pictures of the documentation: `make screenshots`, or with languages: `… LANGUAGES="bs en"`.

A fresh demonstration in a temporary folder and a real Chromium, for each guide in its own language. Nothing
is retouched; people and numbers are the demonstration's.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from visitors import Citizen, Desk

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

TOWNS = {
    "bs": ("bs", "sanski-most"),
    "hr": ("hr", "sanski-most"),
    "sr_Latn": ("sr-latn", "prijedor"),
    "sr": ("sr", "prijedor"),
    "en": ("en", "prijedor"),
}
"""Folder of pictures: language of citizen and clerk, and the town that they are in."""


NEWSROOMS = ("bs", "en")
"""In which their guide is written."""


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
    for _attempt in range(1500):
        if demo.poll() is not None:
            sys.exit("The demonstration ended before it served.")
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
            if "gunicorn" in answer.headers["Server"]:  # and not the seed, which serves for a while
                return
        time.sleep(0.2)
    sys.exit("The demonstration does not answer.")


def make(browser: Browser, port: int, name: str) -> None:
    language, town = TOWNS[name]
    url, folder = f"http://{town}.localhost:{port}", IMAGES / name
    citizen = Citizen(browser, url, language, folder)
    reference, registrar_page = citizen.order()
    citizen.correct()
    clerk = Desk(browser, url, f"{town}-maticar", language, folder)
    clerk.enter(citizen.person)
    clerk.write()
    clerk.work_on(reference)
    citizen.track()
    citizen.examples()
    if name in NEWSROOMS:
        citizen.take_news()
    editor = Desk(browser, url, f"{town}-urednik", language, folder)
    editor.edit(registrar_page)
    editor.decide()
    Desk(browser, f"http://hub.localhost:{port}", "hub-urednik", language, folder).put_together()


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
