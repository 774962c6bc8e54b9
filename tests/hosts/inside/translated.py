"""Pages that Wagtail itself copies for another language."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Locale

from wagtail_diaspora.registrar.models import Draft, RegistrarPage

from .common import text
from .conftest import HOST, Browser

pytestmark = pytest.mark.django_db


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
