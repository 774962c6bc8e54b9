"""What the page of an example says of the bulletin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bulletin.examples import an_issue, passed_on
from tests.bulletin.test_desk import desk, text
from tests.factories.syndication import a_hub, a_story, an_item
from tests.syndication.newsdesk import tell as publish_news
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.bulletin.actions import proposals, publishing
from wagtail_diaspora.bulletin.models import Issue
from wagtail_diaspora.bulletin.setup import ISSUES
from wagtail_diaspora.syndication.actions import marking
from wagtail_diaspora.syndication.models import Item
from wagtail_diaspora.syndication.setup import MARK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

SECTION = 'id="diaspora-news-elsewhere-1-section"'


@pytest.fixture
def editor(town):
    return logged_in(town, MARK, *ISSUES)


def shown(client, key):
    """The section of the bulletin on the item's page."""
    page = Item.objects.get(pk=key).editions.first().page_id
    return text(client.get(reverse("diaspora_newsdesk:page", args=[page]))).partition(SECTION)[2]


def test_the_page_says_what_became_of_it(editor, town, examples):
    issue, key = an_issue(town), examples[0]
    assert "Proposed to the bulletin" in shown(editor, key)
    proposals.pass_over(town, [key], user=None)
    assert "Passed over: not for the bulletin" in shown(editor, key)
    proposals.propose_again(town, [key], user=None)
    proposals.take(issue, [key], user=None)
    section = shown(editor, key)
    assert "Stands in the issue “Jesen” (being put together)" in section and desk(issue) in section
    publishing.publish(issue, user=None)
    Issue.objects.update(published_at="2026-11-29T12:00:00Z")
    section = shown(editor, key)
    assert "Published in bulletin no. 1 on 29 November 2026" in section
    assert 'href="http://primjer.example.org/diaspora/bulletin/1/"' in section


def test_who_may_not_open_the_desk_gets_no_link_to_it(town, examples):
    issue = an_issue(town)
    proposals.take(issue, examples[:1], user=None)
    section = shown(logged_in(town, MARK), examples[0])
    assert "Stands in the issue" in section and desk(issue) not in section


def test_nothing_is_said_without_a_bulletin_nor_of_what_is_no_public_example(editor, town, examples):
    assert shown(editor, examples[0]) == ""
    an_issue(town)
    story = an_item(town, a_story(town))
    publish_news()
    assert shown(editor, story.pk) == ""
    marking.withdraw(Item.objects.get(pk=examples[0]), note="Zabuna.", user=None)
    publish_news()
    assert shown(editor, examples[0]) == ""


def test_news_that_is_no_example_asks_the_bulletin_nothing(editor, town):
    an_issue(town)
    story = an_item(town, a_story(town))
    publish_news()
    with CaptureQueriesContext(connection) as asked:
        shown(editor, story.pk)
    assert not [query for query in asked if "diaspora_bulletin" in query["sql"]]


def test_what_a_hub_passes_on_has_it_too():
    hub = a_hub()
    issue, item = an_issue(hub), passed_on(hub).item
    proposals.take(issue, [item.pk], user=None)
    page = text(logged_in(hub, MARK, *ISSUES).get(reverse("diaspora_newsdesk:passed", args=[item.pk])))
    assert "Stands in the issue “Jesen”" in page
