"""What anybody may ask of our hub that it refuses, and why."""

import pytest

from tests.factories.hub import HUB, ask, make_due, topic_of
from tests.factories.syndication import an_item
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.syndication.actions import hub, marking, rounds
from wagtail_diaspora.syndication.models import Subscription

pytestmark = pytest.mark.django_db

CALLBACK = "https://reader.example.org/callback?room=7"
HOUR = 3600


@pytest.fixture
def topic(town):
    an_item(town)
    rounds.publish()
    return topic_of(town)


def states():
    return list(Subscription.objects.values_list("state", flat=True))


def test_a_callback_in_our_own_network_is_refused_at_once(topic):
    for callback in (
        "http://127.0.0.1:8000/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/x",
    ):
        answer = ask(topic=topic, callback=callback)
        assert answer.status_code == 400 and answer.content.startswith(b"hub.callback: "), callback
    assert not Subscription.objects.exists()


def test_a_name_that_leads_into_our_own_network_is_never_called(topic, subscriber, settings):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "FETCH_ALLOWED_ADDRESSES": ()}
    assert ask(topic=topic, callback=subscriber.url("/me", host="localhost")).status_code == 202
    for _attempt in range(3):
        make_due()
        deliver_due()
    assert subscriber.questions == [] and states() == []


IMPOSSIBLE = [
    ({"mode": "delete"}, "mode"),
    ({"mode": ""}, "mode"),
    ({"callback": ""}, "callback"),
    ({"callback": "ftp://reader.example.org/"}, "callback"),
    ({"callback": "//reader.example.org/"}, "callback"),
    ({"callback": "https://name:word@reader.example.org/"}, "callback"),
    ({"callback": f"{CALLBACK}#here"}, "callback"),
    ({"callback": "https://reader.example.org/" + "x" * 2000}, "callback"),
    ({"callback": "https://reader.example.org/\0"}, "callback"),
    ({"lease_seconds": "soon"}, "lease_seconds"),
    ({"secret": "š" * 100}, "secret"),
    ({"topic": ""}, "topic"),
]
FORGED = [
    "https://elsewhere.example.org/feed.xml",
    "http://elsewhere.example.org/diaspora/feeds/{code}/bs/all/atom.xml",
    "https://primjer.example.org/diaspora/feeds/{code}/bs/all/atom.xml",
    "http://primjer.example.org:8000/diaspora/feeds/{code}/bs/all/atom.xml",
    "http://primjer.example.org/diaspora/feeds/{code}/bs/all/../all/atom.xml",
    "http://primjer.example.org/diaspora/feeds/{code}/bs/all/atom.xml?x",
    "http://primjer.example.org/diaspora/feeds/",
    "http://primjer.example.org/",
    "/diaspora/feeds/{code}/bs/all/atom.xml",
    "{code}/bs/all/atom.xml",
]


def test_what_cannot_be_is_refused_with_the_reason(topic, english):
    for facts, field in IMPOSSIBLE:
        answer = ask(**{"topic": topic, "callback": CALLBACK, **facts})
        assert answer.status_code == 400 and answer["Content-Type"].startswith("text/plain"), facts
        said = answer.content.decode()
        assert said.startswith(f"hub.{field}: ") and said.count("\n") == 1, facts
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("mode", ["subscribe", "unsubscribe", "publish"])
def test_nothing_but_our_own_public_feeds_is_a_topic(topic, town, mode):
    for forged in FORGED:
        answer = ask(mode, topic=forged.format(code=town.code), callback=CALLBACK)
        assert answer.status_code == 404, forged
    assert not Subscription.objects.exists() and not Message.objects.exists()


def test_while_a_withdrawal_hides_the_feeds_one_is_asked_to_come_back(topic):
    marking.withdraw(hub.FeedFile.objects.first().channel.editions.get().item, note="x", user=None)
    answer = ask(topic=topic, callback=CALLBACK)
    assert answer.status_code == 503 and answer["Retry-After"] == "60"
    rounds.publish()
    assert ask(topic=topic, callback=CALLBACK).status_code == 202


def test_reading_the_hub_is_no_way_in(client, topic):
    assert client.get(HUB, {"hub.mode": "subscribe", "hub.topic": topic}).status_code == 405


def test_a_stranger_does_not_learn_who_subscribes(topic):
    assert ask("unsubscribe", topic=topic, callback=CALLBACK).status_code == 202
    assert not Subscription.objects.exists() and not Message.objects.exists()


@pytest.mark.parametrize("name", ["WEBSUB_SUBSCRIBERS_PER_NETWORK", "WEBSUB_SUBSCRIBERS"])
def test_there_is_room_for_so_many_and_renewing_needs_none(topic, settings, name):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, name: 2}
    answers = [ask(topic=topic, callback=f"{CALLBACK}{n}").status_code for n in (1, 2, 3, 1)]
    assert answers == [202, 202, 429, 202] and Subscription.objects.count() == 2


def test_one_network_may_not_ask_without_end(topic, settings):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "RATE_LIMITS": {"hub": (2, HOUR)}}
    answers = [ask(topic=topic, callback=CALLBACK) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= HOUR
