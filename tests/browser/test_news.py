"""An editor with ten minutes: a page of a kind that the package does not know goes out and comes back."""

import urllib.request

import feedparser
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .people import DESK, PHONE, Citizen, Clerk, press

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def newsroom(town):
    return town.make_news()


CUT = """() => [...document.querySelectorAll("main section table, .diaspora-news-decision")].some(part => {
    const box = part.closest("[tabindex='0']") || part;
    return box.getBoundingClientRect().right > innerWidth;
})"""
"""Whether a table of ours goes on where nobody can scroll to, or the buttons of the report do."""


SHAPES = """() => {
    const all = name => [...document.querySelectorAll(name)];
    return {
        widest: Math.max(...all(".diaspora-video").map(card => card.clientWidth)),
        gaps: all(".diaspora-block").map(block => parseFloat(getComputedStyle(block).marginTop)),
        broken: all(".diaspora-feeds a").filter(name => name.getClientRects().length > 1).length,
    };
}"""
"""How wide a video's card is, what lies between blocks, and how many names of feeds run over two lines."""


def publish(town):
    town.manage("diaspora_tick", "--only", "syndication.publish", "-v0", "--skip-checks")


def see_preview(page):
    """In a window of its own: what is not saved yet."""
    with page.context.expect_page() as opened:
        page.locator("[data-w-preview-target=newTab]").click()
    preview = opened.value
    preview.wait_for_url("**/preview/**")
    expect(preview.locator("h1")).to_have_text("Most je otvoren")
    found = Axe().run(preview)
    assert not found.violations_count, found.generate_report()
    preview.close()


def feed(town):
    with urllib.request.urlopen(f"{town.url}/diaspora/feeds/primjer/bs/all/rss.xml", timeout=20) as answer:
        return feedparser.parse(answer.read()).entries


def test_a_page_is_marked_corrected_and_withdrawn(chromium, town, newsroom):
    editor = Clerk(chromium, town.url, username="urednik")
    page = editor.page
    edit = f"{town.url}/admin/pages/{newsroom['blog']}/edit/"
    page.goto(edit)
    page.fill("#id_title", "Most je otvoren")
    page.locator("[data-side-panel-toggle=preview]").click()
    expect(page.frame_locator("#w-preview-iframe").locator("h1")).to_have_text("Most je otvoren")
    see_preview(page)
    page.locator("footer .w-dropdown__toggle").click()
    press(page.locator("[name=action-publish]"))
    page.goto(edit)
    page.get_by_role("button", name="Actions").first.click()
    press(page.get_by_role("link", name="For the diaspora"))
    editor.look()
    press(page.get_by_role("button", name="For the diaspora", exact=True))
    publish(town)
    page.reload()
    assert "In the feeds" in page.inner_text("main")
    editor.look()
    first = feed(town)[0]  # what changed last
    assert first.title == "Most je otvoren"

    page.fill("#id_correct_note", "Datum je bio pogrešan.")
    press(page.get_by_role("button", name="Tell the correction"))
    publish(town)
    editor.look()
    corrected = feed(town)[0]
    assert corrected.id == first.id and "Datum je bio pogrešan." in corrected.summary

    page.fill("#id_withdraw_note", "Nije tačno.")
    press(page.get_by_role("button", name="Withdraw from all feeds"))
    publish(town)
    editor.look()
    gone = feed(town)[0]
    assert gone.id == first.id and gone.title != "Most je otvoren"
    assert "Withdrawn" in page.inner_text("main")


@pytest.mark.parametrize(("viewport", "colours"), [(DESK, "light"), (PHONE, "dark")])
def test_every_screen_of_the_editor_can_be_read(chromium, town, newsroom, viewport, colours):
    editor = Clerk(chromium, town.url, username="urednik", viewport=viewport, color_scheme=colours)
    walk(editor, newsroom["desk"])


@pytest.mark.parametrize(("viewport", "colours"), [(PHONE, "light"), (DESK, "dark")])
def test_every_screen_of_a_hub_can_be_read(chromium, town, newsroom, viewport, colours):
    person = Clerk(chromium, town.url, username="mreza", viewport=viewport, color_scheme=colours)
    walk(person, newsroom["hub"])


def enter(locator):
    """By keyboard, and wait until the page that comes of it has loaded."""
    with locator.page.expect_navigation():
        locator.press("Enter")


def test_an_issue_of_the_bulletin_is_put_together_by_keyboard_and_without_javascript(
    chromium, town, newsroom
):
    """Wagtail says across the page that it wants JavaScript, so that no pointer reaches the buttons below."""
    editor = Clerk(chromium, town.url, username="urednik", java_script_enabled=False)
    page = editor.page
    [desk] = [path for path in newsroom["desk"] if "/bulletin/" in path and "?" in path]
    page.goto(town.url + desk)
    proposed, inside = (page.locator(f"#diaspora-bulletin-{part}-section") for part in ("proposed", "inside"))
    title = proposed.locator(".diaspora-bulletin-title").first.inner_text()
    proposed.locator("[name=example]").first.press("Space")
    enter(proposed.get_by_role("button", name="Take into this issue"))
    assert "1 example was taken into this issue." in page.inner_text(".messages")
    expect(inside.locator(".diaspora-bulletin-title")).to_have_count(2)
    enter(inside.get_by_role("button", name=f"Up: {title}"))
    expect(page.locator("button:focus")).to_have_attribute("aria-label", f"Down: {title}")
    expect(inside.locator(".diaspora-bulletin-title").first).to_have_text(title)
    enter(page.get_by_role("link", name="Publish …"))
    enter(page.get_by_role("button", name="Yes, publish it"))
    enter(page.locator(".messages").get_by_role("link", name="Read it"))
    assert page.url == f"{town.url}/diaspora/bulletin/2/" and title in page.inner_text("main")


def walk(person, paths):
    errors = []
    person.page.on("pageerror", lambda error: errors.append(str(error)))
    for path in paths:
        answer = person.page.goto(person.url + path)
        assert answer.ok and person.page.url == person.url + path, path
        person.look()
        assert not person.page.evaluate(CUT) and not errors, (path, errors)


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_news_can_be_read_by_everybody(chromium, town, newsroom, viewport):
    reader = Citizen(chromium, town.url, viewport=viewport)
    reader.page.goto(f"{town.url}/blocks/")
    assert reader.page.locator(".diaspora").count() == 6
    shapes = reader.page.evaluate(SHAPES)
    assert 200 < shapes["widest"] <= 640 and min(shapes["gaps"]) > 10
    reader.page.goto(f"{town.url}/diaspora/feeds/")
    assert reader.page.locator(".diaspora-feeds a").count() and not reader.page.evaluate(SHAPES)["broken"]
    walk(reader, newsroom["pages"])
