"""Slow subscribers hold up the mails for a while, and quick subscribers never for long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.hub import subscribe, topic_of
from tests.factories.syndication import a_story, an_item
from tests.syndication.subscriber import Subscriber
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.exceptions import NotYet
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.syndication.actions import pushing, rounds
from wagtail_diaspora.syndication.channels import websub
from wagtail_diaspora.syndication.channels.patience import Patience

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(town):
    an_item(town)
    rounds.publish()
    return topic_of(town)


@pytest.fixture
def shorten(monkeypatch):
    """From now on, and for who was slow before there is a new minute."""

    def patience():
        monkeypatch.setattr(websub, "SECONDS", 0.3)
        monkeypatch.setattr(Patience, "QUICK", 0.2)
        monkeypatch.setattr(Patience, "SECONDS", 0.1)
        websub.WebSubChannel.patience.spent.clear()

    monkeypatch.setattr(Patience, "QUICK", 5.0)
    return patience


def publish(town, title):
    an_item(town, a_story(town, title))
    rounds.publish()


def pushes():
    return Message.objects.filter(applies=pushing.PUSH)


def test_slow_subscribers_do_not_hold_up_the_mails_for_long(town, topic, subscriber, shorten):
    for number in range(4):
        subscribe(topic, subscriber.url(f"/{number}"))
    publish(town, "Druga vijest")
    websub.WebSubChannel.patience.quick.clear()
    shorten()
    subscriber.hold = True
    deliver_due()
    assert sorted(pushes().values_list("attempts", flat=True)) == [0, 0, 0, 1]
    assert min(pushes().values_list("due_at", flat=True)) > timezone.now() + timedelta(seconds=40)


def test_a_slow_subscriber_does_not_hold_up_quick_ones(town, topic, subscriber, shorten):
    with Subscriber() as slow:
        subscribe(topic, slow.url("/slow"))
        for number in range(2):
            subscribe(topic, subscriber.url(f"/{number}"))
        publish(town, "Druga vijest")
        deliver_due()
        assert (len(slow.pushes), len(subscriber.pushes)) == (1, 2)
        publish(town, "Treća vijest")
        shorten()
        slow.hold = True
        deliver_due()
        slow.let_go()
    assert (len(slow.pushes), len(subscriber.pushes)) == (2, 4)


def test_each_has_its_own_patience_and_all_slow_ones_one_together(monkeypatch):
    monkeypatch.setattr(Patience, "QUICK", 0.0)
    patience = Patience()

    def takes(subscription, seconds):
        with patience.spend(subscription):
            patience.spent[subscription] += seconds

    takes("a", 11)
    with pytest.raises(NotYet):
        takes("a", 1)
    takes("b", 8)
    takes("c", 2)
    with pytest.raises(NotYet):
        takes("d", 1)
    patience.began -= Patience.PERIOD
    takes("a", 1)
