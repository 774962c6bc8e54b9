"""Pages are translated by wagtail-localize: submit, translate, publish."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from tests.factories.registrar import a_site, an_office
from wagtail_diaspora.registrar.models import RegistrarPage

pytestmark = pytest.mark.django_db
GERMAN = {"Virtuelni matičar": "Virtuelles Standesamt", "Naše riječi": "Unsere Worte"}


@pytest.fixture
def page():
    bosnian = Locale.objects.get_or_create(language_code="bs")[0]
    root = Page.objects.get(depth=1).add_child(instance=Page(title="Grad", slug="grad", locale=bosnian))
    site = a_site("primjer.example.org")
    site.root_page = root
    site.save()
    an_office(site=site)
    page = RegistrarPage(title="Virtuelni matičar", slug="maticar", introduction="<p>Naše riječi</p>")
    page.locale = bosnian
    return root.add_child(instance=page)


def test_a_page_is_submitted_translated_and_published(
    page, admin_client, client, django_capture_on_commit_callbacks
):
    german = Locale.objects.create(language_code="de")
    submitted = admin_client.post(
        reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
        {"locales": [german.pk], "include_subtree": ""},
    )
    assert submitted.status_code == 302
    source = TranslationSource.objects.get_for_instance(page)
    translation = Translation.objects.get(source=source, target_locale=german)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=german,
            data=GERMAN[segment.string.data],
        )
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)

    translated = page.get_translation(german)
    assert translated.live and translated.slug == page.slug == "maticar"
    assert translated.title == "Virtuelles Standesamt"
    shown = client.get(translated.get_url(), headers={"host": "primjer.example.org", "accept-language": "de"})
    assert "Unsere Worte" in shown.content.decode()


def test_the_slug_is_no_text_to_translate(page):
    source, _created = TranslationSource.update_or_create_from_instance(page)
    texts = {segment.string.data for segment in source.stringsegment_set.all()}
    assert texts == set(GERMAN)


def test_the_original_speaks_the_translated_pages_words(page, client):
    german = page.copy_for_translation(Locale.objects.create(language_code="de"), copy_parents=True)
    german.title, german.introduction = "Virtuelles Standesamt", "<p>Unsere Worte</p>"
    german.save_revision().publish()
    shown = client.get(page.get_url(), {"language": "de"}, headers={"host": "primjer.example.org"})
    assert "Unsere Worte" in shown.content.decode() and "Naše riječi" not in shown.content.decode()
