"""What people decide about sources."""

import pytest

from tests.factories.remote import a_source, at_once
from tests.syndication.feeds import item, rss
from tests.syndication.incoming.polls import again
from tests.syndication.web import Page
from wagtail_diaspora.syndication import reading
from wagtail_diaspora.syndication.actions import moderating
from wagtail_diaspora.syndication.actions.polling import poll
from wagtail_diaspora.syndication.models import RemoteSource

pytestmark = pytest.mark.django_db


def test_paused_sources_are_not_read(town, web):
    web.pages["/feed"] = Page(rss(item()))
    source = a_source(town, web.url("/feed"))
    assert moderating.pause([source], user=None) == 1
    assert poll() == 0 and not web.asked
    assert moderating.pause([source], user=None) == 0
    moderating.resume([source], user=None)
    assert poll() == 1


def test_reading_now_takes_everything_over_again(town, web):
    web.pages["/feed"] = Page(rss(item()), etag='"1"')
    source = at_once(town, web.url("/feed"))
    poll()
    source.items.all().delete()
    assert again() == 0
    moderating.read_now([source], user=None)
    assert poll() == 1 and source.items.count() == 1


def test_a_list_of_feeds_becomes_rows_once(town):
    listed = [
        reading.Listed(f"Općina {number}", f"https://{number}.example.org/feed", "") for number in range(3)
    ]
    a_source(town, listed[0].feed_url)
    assert moderating.subscribe(town, listed, rule="at_once", user=None) == 2
    assert moderating.subscribe(town, listed, rule="at_once", user=None) == 0
    assert [source.name for source in RemoteSource.objects.all()] == ["", "Općina 1", "Općina 2"]
