"""Pages in Serbian Latin, and the machine translator that wagtail-localize offers for their Cyrillic."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from tests.factories.registrar import a_site, an_office
from tests.host.models import HomePage
from wagtail_diaspora.localize import SerbianCyrillic
from wagtail_diaspora.registrar.models import RegistrarPage

pytestmark = pytest.mark.django_db
WORDS = (
    "<h2>II krajiška brigada</h2>"
    '<p>Piši na <a href="mailto:info@primjer.example.org">info@primjer.example.org</a>'
    ' ili <a href="https://primjer.example.org/kontakt?tema=izvod&amp;red=1">nadležnoj službi</a>,'
    " izvod je <b>5 KM</b>.</p><ul><li>Wi-Fi u sali od 40 m²</li></ul>"
)
CYRILLIC = (
    "<h2>II крајишка бригада</h2>"
    '<p>Пиши на <a href="mailto:info@primjer.example.org">info@primjer.example.org</a>'
    ' или <a href="https://primjer.example.org/kontakt?tema=izvod&amp;red=1">надлежној служби</a>,'
    " извод је <b>5 КМ</b>.</p><ul><li>Wi-Fi у сали од 40 m²</li></ul>"
)


def language(code):
    return Locale.objects.get_or_create(language_code=code)[0]


@pytest.fixture
def root():
    page = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Opština", slug="opstina", locale=language("sr-latn"))
    )
    site = a_site("primjer.example.org")
    site.root_page = page
    site.save()
    an_office(site=site)
    return page


@pytest.fixture
def page(root):
    page = RegistrarPage(title="Virtuelni matičar", slug="virtuelni-maticar", introduction=WORDS)
    page.locale = root.locale
    return root.add_child(instance=page)


def submit(browser, page, *codes):
    browser.post(
        reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
        {"locales": [language(code).pk for code in codes], "include_subtree": ""},
    )
    source = TranslationSource.objects.get_for_instance(page)
    return [Translation.objects.get(source=source, target_locale=language(code)) for code in codes]


def ask_the_machine(browser, translation):
    return browser.post(reverse("wagtail_localize:machine_translate", args=[translation.pk]))


def test_a_page_is_submitted_translated_and_published(
    page, admin_client, client, django_capture_on_commit_callbacks
):
    (translation,) = submit(admin_client, page, "sr")
    draft = page.get_translation(language("sr"))
    offered = admin_client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert reverse("wagtail_localize:machine_translate", args=[translation.pk]) in offered.content.decode()
    assert ask_the_machine(admin_client, translation).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)

    cyrillic = page.get_translation(language("sr"))
    assert cyrillic.live and cyrillic.slug == page.slug == "virtuelni-maticar"
    assert (cyrillic.title, cyrillic.introduction) == ("Виртуелни матичар", CYRILLIC)
    assert translation.get_progress() == (4, 4)
    shown = client.get(cyrillic.get_url(), headers={"host": "primjer.example.org", "accept-language": "sr"})
    assert "надлежној служби" in shown.content.decode()


def test_the_slug_of_a_hosts_own_page_stays_too(root, admin_client):
    """Its model has no `override_translatable_fields`, so the slug is handed over as a text."""
    news = HomePage(title="ljeto", slug="ljeto-u-gradu", search_description="Ljeto", locale=root.locale)
    root.add_child(instance=news)
    submit(admin_client, root, "sr")
    (translation,) = submit(admin_client, news, "sr")
    assert translation.source.stringsegment_set.filter(context__path="slug").exists()
    ask_the_machine(admin_client, translation)
    translation.save_target(publish=True)
    cyrillic = news.get_translation(language("sr"))
    assert (cyrillic.slug, cyrillic.title, cyrillic.search_description) == ("ljeto-u-gradu", "љето", "Љето")


def test_a_text_that_is_a_slug_letter_for_letter_stays_with_it(root, admin_client):
    news = HomePage(title="Sport", slug="sport", search_description="sport", locale=root.locale)
    root.add_child(instance=news)
    submit(admin_client, root, "sr")
    (translation,) = submit(admin_client, news, "sr")
    ask_the_machine(admin_client, translation)
    translation.save_target(publish=True)
    cyrillic = news.get_translation(language("sr"))
    assert (cyrillic.slug, cyrillic.title, cyrillic.search_description) == ("sport", "Спорт", "sport")


def test_what_is_written_later_is_translated_by_an_update(page, admin_client):
    (translation,) = submit(admin_client, page, "sr")
    page.introduction = "<p>Nova rečenica.</p>"
    page.save_revision().publish()
    admin_client.post(
        reverse("wagtail_localize:update_translations", args=[translation.source_id]),
        {"use_machine_translation": "on", "publish_translations": "on"},
    )
    assert page.get_translation(language("sr")).introduction == "<p>Нова реченица.</p>"


def test_what_a_person_corrected_stays(page, admin_client):
    (translation,) = submit(admin_client, page, "sr")
    title = translation.source.stringsegment_set.get(context__path="title")
    StringTranslation.objects.create(
        translation_of=title.string, context=title.context, locale=language("sr"), data="Матичар на мрежи"
    )
    ask_the_machine(admin_client, translation)
    translation.save_target(publish=True)
    assert page.get_translation(language("sr")).title == "Матичар на мрежи"


def test_other_languages_are_not_offered_it(page, admin_client):
    bosnian, german = submit(admin_client, page, "bs", "de")
    ask_the_machine(admin_client, bosnian)
    ask_the_machine(admin_client, german)
    assert not StringTranslation.objects.exists()
    draft = page.get_translation(language("bs"))
    offered = admin_client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert offered.status_code == 200 and "machine_translate" not in offered.content.decode()


def test_slugs_cost_one_query_for_one_string_and_for_three(root, django_assert_num_queries):
    strings = [StringValue(word) for word in ("opstina", "vijesti", "Matičar")]
    for some in (strings[:1], strings):
        with django_assert_num_queries(1):
            SerbianCyrillic({}).translate(root.locale, Locale(language_code="sr"), some)
