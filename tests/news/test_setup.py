import io

import pytest
from django.core.management import call_command
from django.utils import translation

from tests.factories.registrar import a_site
from wagtail_diaspora import conf
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.news.models import NewsIndexPage
from wagtail_diaspora.news.shipped import TOPICS, add_topics

pytestmark = pytest.mark.django_db


def test_topics_come_in_every_language():
    assert len(add_topics()) == len(TOPICS) == 12
    for topic in Topic.objects.all():
        assert set(topic.name) == set(conf.LANGUAGES) and all(topic.name.values())


def test_what_was_deleted_or_changed_stays_so():
    add_topics()
    Topic.objects.exclude(code="culture").delete()
    Topic.objects.update(name={"bs": "Kultura i baština"})
    assert add_topics() == []
    with translation.override("bs"):
        assert [str(topic) for topic in Topic.objects.all()] == ["Kultura i baština"]


def test_the_command_makes_topics_and_no_page():
    root, out = a_site("grad.example.org").root_page, io.StringIO()
    office = {"name": "Grad Primjer", "entity": "rs", "email": "m@example.org", "kind": "grad"}
    call_command("diaspora_setup", municipality="primjer", under=str(root.pk), stdout=out, **office)
    assert out.getvalue().count("made  topic") == 12 and not NewsIndexPage.objects.exists()
    call_command("diaspora_setup", municipality="primjer", under=str(root.pk), stdout=out)
    assert "kept  topics" in out.getvalue() and Topic.objects.count() == 12
