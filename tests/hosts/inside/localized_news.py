"""News translated by wagtail-localize: words are translated, keys and the slug stay."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from tests.factories.news import a_home, a_list, a_topic, an_example
from wagtail_diaspora.news.models import Follower

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    page = an_example(
        a_list(a_home("vijesti.example.org")), body=[("heading", "Kako dalje")], topics=[a_topic()]
    )
    page.followers = [Follower(name="Drugi")]
    page.save_revision().publish()
    return page


def test_a_translation_keeps_topics_and_slug_and_speaks_its_language(
    page, client, django_capture_on_commit_callbacks
):
    german = Locale.objects.create(language_code="de")
    page.get_parent().copy_for_translation(german, copy_parents=True).save_revision().publish()
    source, _new = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=german)
    segments = source.stringsegment_set.select_related("string", "context")
    texts = {segment.string.data for segment in segments}
    assert {page.title, page.summary, "Kako dalje"} <= texts and page.slug not in texts
    for segment in segments:
        StringTranslation.objects.create(
            translation_of=segment.string, context=segment.context, locale=german, data="Auf Deutsch"
        )
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    translated = page.get_translation(german)
    assert translated.slug == page.slug and [topic.code for topic in translated.topics.all()] == ["culture"]
    assert [row.name for row in translated.followers.all()]
    shown = client.get(translated.get_url(), headers={"host": "vijesti.example.org"}).content.decode()
    assert "Auf Deutsch" in shown and 'class="diaspora" lang="de"' in shown
    assert f'href="{page.relative_url(page.get_site())}" lang="bs"' in shown
