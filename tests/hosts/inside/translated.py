"""Pages that Wagtail itself copies for another language."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from tests.words import world
from tests.words.reading import Reader
from tests.words.test_screens import KNOWN, LANGUAGES, OFFERED, RIGHT, reader_of, wrong_on
from wagtail_diaspora.registrar.models import Draft, RegistrarPage

from .common import text
from .conftest import HOST, Browser

pytestmark = pytest.mark.django_db

UNNAMED = {"locale", "locales", "Locale", "Locales"}
"""Wagtail gives this model no name that a catalogue could translate."""


@pytest.fixture
def german(page):
    """The page as an editor has it translated: by the button, then written and published."""
    locale = Locale.objects.create(language_code="de")
    page.get_parent().copy_for_translation(locale).save_revision().publish()
    browser = Browser(headers={"host": HOST})
    browser.force_login(get_user_model().objects.create_superuser("admin", "a@example.org", "only-for-tests"))
    url = reverse("simple_translation:submit_page_translation", args=[page.pk])
    assert browser.post(url, {"locales": [locale.pk]}).status_code == 302
    translated = page.get_translation(locale)
    translated.title, translated.introduction = "Standesamt im Netz", "<p>Unsere Worte</p>"
    translated.save_revision().publish()
    return RegistrarPage.objects.get(pk=translated.pk)


def test_each_page_speaks_its_language(client, page, german):
    assert german.url == f"/de/{german.slug}/" and page.url == f"/bs/{page.slug}/"
    shown = client.get(german.url)
    assert shown["Content-Language"] == "de" and "Unsere Worte" in text(shown)
    assert "Unsere Worte" not in text(client.get(page.url))
    assert "Unsere Worte" in text(client.get(page.url, {"language": "de"}))


def test_an_order_remembers_the_page_that_it_began_on(client, citizen, german):
    citizen.url += f"?page={german.pk}"
    citizen.as_far_as_check()
    assert Draft.objects.get().page_id == german.pk


def test_a_language_has_one_page(page, german):
    assert not RegistrarPage.can_create_at(german.get_parent())
    assert not RegistrarPage.can_create_at(page.get_parent())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_of_translating_is_in_english(language, settings):
    """What an editor sees who has a page copied for another language, and who adds that language."""
    settings.LANGUAGE_CODE = language
    settings.LANGUAGES = settings.WAGTAILADMIN_PERMITTED_LANGUAGES = OFFERED
    with translation.override(language):
        town = world.World(language)
        german = Locale.objects.create(language_code="de")
        town.home.copy_for_translation(german)
        editor = world.logged_in(town.administrator())
        page, locales = [town.news.pk], reverse("wagtaillocales:index")
        translate = reverse("simple_translation:submit_page_translation", args=page)
        seen = [
            editor.get(translate),
            editor.post(translate, {}),
            editor.post(translate, {"locales": [german.pk]}, follow=True),
            editor.get(reverse("wagtailadmin_pages:edit", args=page)),
        ]
        assert wrong_on(reader_of(language), map(read, seen)) == {}
        seen = [
            *map(editor.get, [locales, f"{locales}new/"]),
            editor.post(f"{locales}new/", {}),
            *(editor.get(reverse(f"wagtaillocales:{view}", args=[german.pk])) for view in ("edit", "delete")),
        ]
        reader = Reader(LANGUAGES[language], known=KNOWN | UNNAMED, right=set(RIGHT))
        assert wrong_on(reader, map(read, seen)) == {}


def read(answer):
    assert answer.status_code == 200
    return answer.request["PATH_INFO"], answer.content.decode()
