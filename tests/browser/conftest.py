import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.conftest import LoopbackController
from tests.lacking import lacking
from tests.mailbox import Mailbox
from tests.running.crowd import OPTIONS
from tests.running.host import RunningHost

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="package")
def chromium():
    """Ended before other tests begin: while it runs, Django takes their thread for an event loop's."""
    if not CHROMIUM:
        lacking("Chromium is missing (apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def large_text(chromium):
    """Of somebody who has set the browser's letters to twice their size."""
    arguments = [*QUIET, "--blink-settings=defaultFontSize=32"]
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=arguments)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def mailbox():
    box = Mailbox()
    controller = LoopbackController(box)
    controller.start()
    box.port = controller.port
    yield box
    controller.stop()


@pytest.fixture(scope="session")
def town(tmp_path_factory, mailbox):
    """One host for all tests; each finds its own order by its reference, and its mails by their address.

    Nobody gets a blank request there, so that it is seen what a limit says.
    """
    limits = {**OPTIONS["RATE_LIMITS"], "blank": (0, 3600)}
    running = RunningHost(
        tmp_path_factory.mktemp("town"), smtp_port=mailbox.port, **OPTIONS | {"RATE_LIMITS": limits}
    )
    running.prepare()
    running.start()
    yield running
    running.stop()
