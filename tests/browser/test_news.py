"""An editor with ten minutes: a page of a kind that the package does not know goes out and comes back."""

import urllib.request

import feedparser
import pytest

from .people import DESK, PHONE, Citizen, Clerk, press


@pytest.fixture(scope="module")
def newsroom(town):
    return town.make_news()


def publish(town):
    town.manage("diaspora_tick", "--only", "syndication.publish", "-v0", "--skip-checks")


def feed(town):
    with urllib.request.urlopen(f"{town.url}/diaspora/feeds/primjer/bs/all/rss.xml", timeout=20) as answer:
        return feedparser.parse(answer.read()).entries


def test_a_page_is_marked_corrected_and_withdrawn(chromium, town, newsroom):
    editor = Clerk(chromium, town.url, username="urednik")
    page = editor.page
    page.goto(f"{town.url}/admin/pages/{newsroom['blog']}/edit/")
    page.locator("[data-controller='w-dropdown'] button, .w-dropdown__toggle").first.wait_for()
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
    for path in newsroom["desk"]:
        answer = editor.page.goto(town.url + path)
        assert answer.ok, path
        editor.look()


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_news_can_be_read_by_everybody(chromium, town, newsroom, viewport):
    reader = Citizen(chromium, town.url, viewport=viewport)
    for path in newsroom["pages"]:
        answer = reader.page.goto(town.url + path)
        assert answer.ok, path
        reader.look()
