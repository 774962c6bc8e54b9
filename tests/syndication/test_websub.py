"""What subscribers and other hubs get, over real HTTP, when news is published, corrected and withdrawn."""

from urllib.parse import parse_qsl

import feedparser
import pytest

from tests.factories.hub import ask, subscribe, topic_of
from tests.factories.syndication import a_partner, a_story, an_item
from tests.host.models import BlogPage
from tests.syndication.subscriber import signature
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.states import State
from wagtail_diaspora.syndication import addresses, tokens
from wagtail_diaspora.syndication.actions import marking, pushing, rendering, rounds, writing
from wagtail_diaspora.syndication.formats import FORMATS
from wagtail_diaspora.syndication.models import Channel, FeedFile, Item, Subscription

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(town):
    an_item(town)
    rounds.publish()
    return topic_of(town)


def publish(town, title="Druga vijest"):
    item = an_item(town, a_story(town, title))
    rounds.publish()
    return item


def pushes():
    return Message.objects.filter(applies=pushing.PUSH)


def outcomes():
    return list(pushes().order_by("ordinal").values_list("state", flat=True))


def test_a_subscriber_is_sent_the_bytes_of_the_feed(client, town, topic, subscriber):
    subscribe(topic, subscriber.url("/me"), secret="tajna")
    publish(town)
    assert deliver_due() == 1
    ((path, headers, body),) = subscriber.pushes
    feed = client.get(topic.removeprefix(town.root_url))
    assert (path, body, headers["Content-Type"]) == ("/me", feed.content, feed["Content-Type"])
    assert (
        headers["Link"] == feed["Link"]
        and 'rel="hub"' in feed["Link"]
        and f'<{topic}>; rel="self"' in feed["Link"]
    )
    assert headers["X-Hub-Signature"] == signature("tajna", body)
    assert headers["User-Agent"].endswith("(+http://primjer.example.org/)")
    assert {entry.title for entry in feedparser.parse(body).entries} == {"Most je otvoren", "Druga vijest"}


def test_without_a_secret_there_is_no_signature(town, topic, subscriber):
    subscribe(topic, subscriber.url("/me"))
    publish(town)
    deliver_due()
    assert "X-Hub-Signature" not in subscriber.pushes[0][1]


def test_a_subscriber_sees_a_correction_and_a_withdrawal(town, topic, subscriber):
    subscribe(topic_of(town, "rss.xml"), subscriber.url("/me"))
    item = publish(town, "Cesta je zatvorena")
    deliver_due()
    BlogPage.objects.filter(title="Cesta je zatvorena").update(title="Cesta je otvorena")
    marking.correct(item, note="Cesta nije bila zatvorena.", user=None)
    rounds.publish()
    deliver_due()
    marking.withdraw(item, note="Vijest nije tačna.", user=None)
    rounds.publish()
    deliver_due()
    published, corrected, withdrawn = (
        next(entry for entry in feedparser.parse(body).entries if str(item.pk) in entry.id)
        for body in subscriber.bodies
    )
    assert [published.title, corrected.title] == ["Cesta je zatvorena", "Cesta je otvorena"]
    assert "Cesta nije bila zatvorena." in subscriber.bodies[1].decode()
    assert "Cesta" not in str(withdrawn) and "Vijest nije tačna." in subscriber.bodies[2].decode()
    assert published.updated_parsed < corrected.updated_parsed < withdrawn.updated_parsed


def test_only_who_subscribed_to_a_feed_that_was_written_is_told(town, topic, subscriber):
    roads = Topic.objects.create(code="roads", name={"bs": "Putevi"})
    item = publish(town)
    item.topics.add(roads)
    marking.look_again(Item.objects.filter(pk=item.pk))
    publish(town, "Treća vijest")
    subscribe(topic_of(town, selection="roads"), subscriber.url("/roads"))
    subscribe(topic_of(town, file="rss.xml"), subscriber.url("/rss"))
    publish(town, "Četvrta vijest")
    deliver_due()
    assert [path for path, _headers, _body in subscriber.pushes] == ["/rss"]
    assert feedparser.parse(subscriber.bodies[0]).version == "rss20"


def test_nobody_is_told_of_archives_which_are_no_topics(
    client, town, topic, subscriber, settings, monkeypatch
):
    monkeypatch.setattr(writing, "FEED_LENGTH", 2)
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "WEBSUB_HUBS": (subscriber.url("/hub"),)}
    for number in range(3):
        publish(town, f"Vijest {number}")
    archive = topic_of(town, selection="all.1")
    answer = client.get(archive.removeprefix(town.root_url))
    assert answer.status_code == 200 and "Link" not in answer
    assert ask(topic=archive, callback=subscriber.url("/me")).status_code == 404
    deliver_due()
    assert subscriber.pushes and not [body for body in subscriber.bodies if b"all.1" in body]


def test_a_feed_that_becomes_another_channels_is_still_sent(town, topic, subscriber):
    """As that in Cyrillic does when a municipality begins to publish in Cyrillic itself."""
    subscribe(topic, subscriber.url("/me"))
    other = Channel.objects.create(municipality=town, language="sr")
    Subscription.objects.update(channel=other)
    publish(town)
    assert deliver_due() == 1


def test_the_same_number_is_told_once(town, topic, subscriber):
    subscribe(topic, subscriber.url("/me"))
    publish(town)
    for _again in range(2):
        rendering.render(Channel.objects.get())
    assert pushes().count() == 1
    assert (deliver_due(), deliver_due(), len(subscriber.pushes)) == (1, 0, 1)


def test_an_older_number_that_waits_gives_way_to_the_newest(town, topic, subscriber):
    subscribe(topic, subscriber.url("/me"))
    for number in range(3):
        publish(town, f"Vijest {number}")
    assert deliver_due() == 1
    assert outcomes() == [State.CANCELLED, State.CANCELLED, State.SENT]
    assert b"Vijest 2" in subscriber.bodies[0] and len(subscriber.pushes) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_telling_costs_the_same_for_one_and_three(
    town, topic, subscriber, count, django_assert_max_num_queries
):
    for number in range(count):
        subscribe(topic, subscriber.url(f"/{number}"))
    files = list(FeedFile.objects.all())
    channel = Channel.objects.select_related("municipality").get()
    channel.number += 1
    with django_assert_max_num_queries(2):
        pushing.tell(channel, files)
    assert pushes().count() == count


def test_other_hubs_are_told_once_for_each_feed_and_number(town, topic, subscriber, settings):
    hub_url = subscriber.url("/hub")
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "WEBSUB_HUBS": (hub_url,)}
    publish(town)
    rendering.render(Channel.objects.get())
    feeds = set(FeedFile.objects.values_list("url", flat=True))
    assert deliver_due() == len(feeds) == len(subscriber.pushes)
    said = [dict(parse_qsl(body.decode())) for body in subscriber.bodies]
    assert {ping["hub.url"] for ping in said} == feeds and {ping["hub.mode"] for ping in said} == {"publish"}
    assert subscriber.pushes[0][1]["Content-Type"] == "application/x-www-form-urlencoded"


def test_no_hub_hears_of_a_partners_own_feed(client, town, subscriber, settings):
    """Its address is its key, and it may have what is under embargo."""
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "WEBSUB_HUBS": (subscriber.url("/hub"),)}
    partner = a_partner(town, way="feed", takes_embargoed=True)
    publish(town)
    deliver_due()
    token = tokens.partner_token(partner)
    own = FeedFile.objects.filter(partner=partner)
    assert own and subscriber.pushes and not [body for body in subscriber.bodies if token.encode() in body]
    for form in FORMATS.values():
        private = addresses.feed(addresses.private_path(token, "bs", form))
        answer = client.get(private)
        assert answer.status_code == 200 and "Link" not in answer
        assert (
            b"/diaspora/hub/" not in answer.content and subscriber.url("/hub").encode() not in answer.content
        )
        asked = ask(topic=f"{town.root_url}{private}", callback=subscriber.url("/me"))
        assert asked.status_code == 404
