"""Who gave an example hears that it stands in the bulletin of the hub."""

import pytest
from django.utils import timezone

from tests.bulletin.examples import an_issue
from tests.factories.joining import a_member
from tests.factories.remote import at_once
from tests.factories.syndication import a_hub
from tests.syndication.passing.readings import FEED, an_entry, brought
from wagtail_diaspora.bulletin.actions import proposals, publishing, telling
from wagtail_diaspora.bulletin.models import Issue
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.syndication.models import Edition, Member

pytestmark = pytest.mark.django_db

QUERIES = 4


@pytest.fixture
def issue():
    """Of a hub, with two examples of one member."""
    hub = a_hub()
    source = at_once(hub, FEED, starts_anew=False)
    a_member(hub, name="Grad Drugi", email="press@drugi.example.org", source=source, state="joined")
    a_member(hub, name="Grad Treći", email="press@treci.example.org", site_url="https://treci.example.org/")
    entries = [an_entry(n, title=f"Primjer {n}", ours={"kind": "good_practice"}) for n in (1, 2)]
    assert brought(source, *entries) == 2
    issue = an_issue(hub)
    proposals.take(issue, [edition.item_id for edition in proposals.proposed_to(hub, "bs")], user=None)
    return issue


def leave():
    Message.objects.waiting().update(due_at=timezone.now())
    return deliver_due()


def test_each_gets_one_mail_with_all_its_examples_and_the_link(issue, smtp):
    publishing.publish(issue, user=None)
    assert deliver_due() == 0  # it waits, so that it can be taken back
    assert leave() == 1
    (mail,) = smtp.messages
    words = mail.get_body(("plain",)).get_content()
    assert mail["To"] == "press@drugi.example.org" and "Grad Drugi" in words
    assert "– Primjer 1" in words and "– Primjer 2" in words
    assert "http://mreza.example.org/diaspora/bulletin/1/" in words


def test_nobody_is_told_of_what_was_taken_back(issue, smtp):
    publishing.publish(issue, user=None)
    publishing.take_back(issue, user=None)
    leave()
    assert smtp.messages == []


def test_an_issue_that_is_published_again_is_told_once(issue, smtp):
    publishing.publish(issue, user=None)
    leave()
    publishing.take_back(issue, user=None)
    publishing.publish(issue, user=None)
    leave()
    assert len(smtp.messages) == 1


def test_what_was_taken_back_in_time_is_told_when_it_is_published_again(issue, smtp):
    for way in ("before the mail is due", "after it was called off"):
        publishing.publish(issue, user=None)
        publishing.take_back(issue, user=None)
        if way.startswith("after"):
            leave()
    publishing.publish(issue, user=None)
    leave()
    assert len(smtp.messages) == 1


def test_who_has_left_or_only_asks_again_is_told_nothing(issue, smtp):
    for state in ("left", "refused", "asks"):
        Member.objects.filter(name="Grad Drugi").update(state=state)
        publishing.publish(issue, user=None)
        leave()
        publishing.take_back(issue, user=None)
    assert smtp.messages == []


def test_an_example_that_is_withdrawn_meanwhile_is_announced_no_more(issue, smtp):
    publishing.publish(issue, user=None)
    Edition.objects.update(state="withdrawn")
    leave()
    assert smtp.messages == []


def test_a_mail_that_has_left_is_the_only_one(issue, smtp):
    """Also where it was under way when the issue was published again."""
    publishing.publish(issue, user=None)
    first = Message.objects.get()
    publishing.take_back(issue, user=None)
    publishing.publish(issue, user=None)
    Message.objects.filter(pk=first.pk).update(state="sent", sent_at=timezone.now())
    leave()
    assert smtp.messages == []


@pytest.mark.parametrize("count", [1, 3])
def test_telling_does_not_ask_more_for_more_members(count, django_assert_num_queries):
    hub = a_hub()
    issue = an_issue(hub)
    for number in range(1, count + 1):
        source = at_once(hub, f"https://clan{number}.example.org/feed", starts_anew=False)
        site = f"https://clan{number}.example.org/"
        a_member(hub, source=source, state="joined", site_url=site, email=f"press@clan{number}.example.org")
        assert brought(source, an_entry(number, ours={"kind": "good_practice"})) == 1
    proposals.take(issue, [edition.item_id for edition in proposals.proposed_to(hub, "bs")], user=None)
    Issue.objects.update(state="published", number=1, published_at=timezone.now())
    issue.refresh_from_db()
    telling.tell_members(issue)
    assert Message.objects.count() == count
    Message.objects.all().delete()
    with django_assert_num_queries(QUERIES):
        telling.tell_members(issue)
