"""What nobody may read stands at no public address of ours: neither at once nor after the next round."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories.news import a_list, an_example
from tests.factories.syndication import a_story, an_item
from wagtail_diaspora.news.blocks import GoodPracticeBlock
from wagtail_diaspora.syndication.actions import marking, rounds
from wagtail_diaspora.syndication.models import FeedFile, Item

pytestmark = pytest.mark.django_db

HOST = {"host": "primjer.example.org"}
SECRET = "Povjerljivo"
PLACES = ("feeds/", "feeds.opml", "news-sitemap.xml", "good-practice/", "good-practice/?words=selidba")


def readable(client, etags):
    """All that anybody can fetch, also by what they fetched before."""
    answers = [client.get(f"/diaspora/{place}", headers=HOST) for place in PLACES]
    for path, etag in etags.items():
        for headers in ({}, {"if_none_match": etag, "a_im": "feed"}, {"if_none_match": '"0"'}):
            answers.append(client.get(f"/diaspora/feeds/{path}", headers=headers))
    return "".join(answer.content.decode() for answer in answers)


def restrict(page):
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")


def etags():
    return {file.path: f'"{file.etag}"' for file in FeedFile.objects.all()}


@pytest.fixture
def example(town):
    an_item(town, a_story(town, "Javno"))
    return an_example(a_list(town.site.root_page), SECRET, summary=SECRET, cost="Selidba")


@pytest.mark.parametrize(
    "hide",
    [
        lambda page: page.unpublish(),
        lambda page: page.get_parent().delete(),
        restrict,
        lambda page: marking.withdraw(
            Item.objects.get(translation_key=page.translation_key), note="", user=None
        ),
    ],
    ids=["unpublished", "deleted with its parent", "restricted above", "withdrawn"],
)
def test_what_was_public_is_nowhere_any_more(town, client, example, hide):
    an_item(town, example)
    rounds.publish()
    known = etags()
    assert readable(client, known).count(SECRET) > 20
    hide(example)
    assert SECRET not in readable(client, known)
    rounds.publish()
    assert SECRET not in readable(client, known | etags()) and "Javno" in readable(client, known)


def test_what_is_under_embargo_is_in_nothing_of_ours_that_is_public(town, client, example):
    item = an_item(town, example)
    Item.objects.filter(pk=item.pk).update(embargo_until=timezone.now() + timedelta(hours=1))
    rounds.publish()
    assert item.editions.get().state == "embargoed"
    assert SECRET not in readable(client, etags())


def test_a_block_shows_nothing_that_is_behind_a_login(town, rf, example):
    block, request = GoodPracticeBlock(), rf.get("/", headers=HOST)

    def shown():
        return block.render(block.to_python({"count": 3}), {"request": request})

    assert SECRET in shown()
    restrict(example)
    assert SECRET not in shown()
