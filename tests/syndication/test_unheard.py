"""What a municipality handed over to its hub, and no newsroom has got there, is said to its editors."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.joining import a_hub_line, a_membership
from tests.factories.syndication import a_story, an_item
from tests.syndication.newsdesk import HOME, shown
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.syndication.actions import rounds, weekly
from wagtail_diaspora.syndication.models import Edition, HubLine, Membership
from wagtail_diaspora.syndication.setup import HUB, LEDGER, MARK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def editor(town):
    return logged_in(town, HUB, LEDGER, MARK)


def long_ago(item, days=2):
    """It has been public for so long."""
    Edition.objects.filter(item=item).update(public_since=timezone.now() - timedelta(days=days))


def test_what_was_handed_over_says_so_until_the_hub_is_heard_of_it(editor, town):
    row, item = a_membership(town, newsrooms=["d" * 64]), an_item(town)
    page = town.site.root_page.get_children().get(translation_key=item.translation_key)
    url, said = reverse("diaspora_newsdesk:page", args=[page.pk]), "Handed over to the hub (Mreža Primjer)"
    assert said not in shown(editor, url)  # not public yet
    rounds.publish()
    assert said in shown(editor, url)
    a_hub_line(row, item)
    assert said not in shown(editor, url)
    HubLine.objects.all().delete()
    Membership.objects.update(hands_over=False)
    assert said not in shown(editor, url)


def test_what_no_newsroom_got_through_the_hub_for_a_day_is_on_the_home(editor, town):
    row, item = a_membership(town, newsrooms=["d" * 64]), an_item(town)
    rounds.publish()
    said = "No newsroom has got 1 news item through the hub for a day"
    assert said not in shown(editor, HOME)
    long_ago(item)
    home = shown(editor, HOME)
    assert said in home and "Most je otvoren" in home
    long_ago(item, days=15)
    assert said not in shown(editor, HOME)  # it is news no more
    long_ago(item)
    for change in ({"hands_over": False}, {"hands_over": True, "told": [[0, ["d" * 64]]]}, {"state": "left"}):
        Membership.objects.update(**change)
        assert said not in shown(editor, HOME)
    Membership.objects.update(state="member", told=[[0, []]])
    assert said in shown(editor, HOME)
    a_hub_line(row, item)
    assert said not in shown(editor, HOME)


def test_the_week_names_what_did_not_get_there_through_the_hub(town, smtp):
    town.office_languages = ["en"]
    town.save()
    row, bounced, unheard = (
        a_membership(town, newsrooms=["d" * 64]),
        an_item(town),
        an_item(town, a_story(town, "Drugi most")),
    )
    a_hub_line(row, bounced, state="bounced", bounced_at=timezone.now(), newsroom="Radio Pad")
    rounds.publish()
    long_ago(unheard)
    assert weekly.summarise(datetime(2026, 3, 3, 9, tzinfo=UTC)) == 1
    deliver_due()
    words = smtp.latest_to("press@example.org").get_body(("plain",)).get_content()
    assert "Most: Radio Pad" in words.partition("THROUGH THE HUB:")[2].partition("\n\n")[0]
    assert "– Drugi most" in words.partition("NO NEWSROOM HAS GOT IT")[2]
    assert "/admin/reports/diaspora-hub-ledger/" in words
