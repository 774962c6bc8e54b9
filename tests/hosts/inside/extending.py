"""A host's own types are listed, filtered and shown by blocks as ours are."""

import html
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Page

from tests.factories.news import a_piece, a_topic, an_event, published
from tests.hosts import extending
from tests.hosts.extending.models import Archive, EventPage, FrontPage, NewsPage
from wagtail_diaspora.news.blocks import EventsBlock, LatestNewsBlock

from .conftest import HOST

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    return published(Archive(title="Arhiva"), Page.objects.get(depth=2))


@pytest.fixture
def pieces(archive):
    topic = a_topic()
    start = timezone.now() + timedelta(days=1)
    published(NewsPage(title="Njihova", summary="-", author="A", topics=[topic]), archive)
    published(EventPage(title="Njihov susret", summary="-", place="Dom", starts_at=start), archive)
    a_piece(archive, "Naša", topics=[topic])
    an_event(archive, "Naš susret")


def test_both_stand_in_one_list(client, archive, pieces):
    for query, count in (({}, 4), ({"kind": "news"}, 2), ({"kind": "event"}, 2), ({"topic": "culture"}, 2)):
        shown = client.get(archive.url, query)
        assert shown.status_code == 200 and shown.content.decode().count('<li class="diaspora-card"') == count


def test_both_stand_in_blocks(archive, pieces):
    request = RequestFactory().get("/", headers={"host": HOST})
    for block, count in ((LatestNewsBlock(), 4), (EventsBlock(), 2)):
        value = block.to_python({"count": 9, "topic": ""})
        text = html.unescape(block.render(value, context={"request": request}))
        assert text.count('<li class="diaspora-card"') == count and ">Njihov susret<" in text


def test_its_own_event_cannot_end_before_it_begins(archive, pieces):
    event = EventPage.objects.get()
    event.ends_at = event.starts_at - timedelta(hours=1)
    with pytest.raises(ValidationError):
        event.full_clean()
    event.ends_at = None
    event.full_clean()


def test_its_pages_are_served_and_edited(client, admin_client, archive, pieces):
    for page in archive.get_children().specific():
        assert client.get(page.url).status_code == 200
        assert admin_client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    front = published(FrontPage(title="Naslovna"), archive)
    edited = admin_client.get(f"/admin/pages/{front.pk}/edit/")
    assert edited.status_code == 200 and "culture" in edited.content.decode()


def test_its_migration_of_blocks_names_nothing_of_ours():
    (path,) = Path(extending.__file__).parent.glob("migrations/0001*.py")
    front = path.read_text().partition("name='FrontPage'")[2].partition("migrations.CreateModel")[0]
    assert "StreamField" in front and "wagtail_diaspora." not in front
