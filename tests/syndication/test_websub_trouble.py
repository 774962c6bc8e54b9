"""Subscribers that are slow, dead or gone, and what overtakes what waits for them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.hub import make_due, subscribe, topic_of
from tests.factories.syndication import a_story, an_item
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.states import State
from wagtail_diaspora.syndication.actions import hub, marking, pushing, rounds
from wagtail_diaspora.syndication.channels import websub
from wagtail_diaspora.syndication.models import FeedFile, Subscription

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


def test_what_was_just_withdrawn_is_not_sent_from_the_queue(town, topic, subscriber):
    subscribe(topic, subscriber.url("/me"))
    item = publish(town, "Tajna vijest")
    marking.withdraw(item, note="x", user=None)
    assert (deliver_due(), subscriber.pushes) == (0, [])
    rounds.publish()
    assert deliver_due() == 1 and b"Tajna vijest" not in subscriber.bodies[0]


def test_a_withdrawal_between_the_check_and_the_sending_sends_nothing(town, topic, subscriber):
    subscribe(topic, subscriber.url("/me"))
    publish(town)
    message = pushes().get()
    assert pushing.push_applies(message)
    FeedFile.objects.all().delete()
    channel = websub.WebSubChannel.opened(until=timezone.now() + timedelta(minutes=1))
    with pytest.raises(websub.Deferred):
        channel.send(message)
    assert subscriber.pushes == []


def test_a_subscriber_that_does_not_take_it_is_tried_again_later(town, topic, subscriber):
    subscribe(topic, subscriber.url("/me"))
    publish(town)
    for failures, status in enumerate((302, 307, 308, 400, 404, 500, 503), start=1):
        subscriber.takes = status
        make_due()
        deliver_due()
        message, row = pushes().get(), Subscription.objects.get()
        assert (message.state, message.error_code, row.failures) == (State.WAITING, str(status), failures)
        assert (message.due_at - timezone.now()) > timedelta(seconds=40)
    assert {path for path, _headers, _body in subscriber.pushes} == {"/me"}
    subscriber.takes = 204
    make_due()
    deliver_due()
    row = Subscription.objects.get()
    assert outcomes() == [State.SENT] and (row.failures, row.failing_since) == (0, None) and row.pushed_at


def test_it_is_known_since_when_a_subscriber_takes_nothing(town, topic, subscriber):
    subscribe(topic, subscriber.url("/me"))
    subscriber.takes = 500
    publish(town)
    deliver_due()
    since = Subscription.objects.get().failing_since
    make_due()
    deliver_due()
    row = Subscription.objects.get()
    assert since and (row.failing_since, row.failures, row.pushed_at) == (since, 2, None)
    began = row.began_at
    subscribe(topic, subscriber.url("/me"))
    row = Subscription.objects.get()
    assert (row.failing_since, row.failures, row.began_at) == (None, 0, began)


def test_a_dead_subscriber_ends_with_its_lease(town, topic, subscriber):
    subscribe(topic, subscriber.url("/me"))
    subscriber.shutdown()
    subscriber.server_close()
    publish(town)
    for _attempt in range(3):
        make_due()
        deliver_due()
    message, row = pushes().get(), Subscription.objects.get()
    assert (message.last_error, message.error_code, row.failures) == ("website-away", "not_reached", 3)
    Subscription.objects.update(lease_until=timezone.now())
    hub.end_leases()
    make_due()
    deliver_due()
    assert outcomes() == [State.CANCELLED] and Subscription.objects.get().state == "ended"
    publish(town, "Treća vijest")
    assert len(outcomes()) == 1


def test_a_slow_subscriber_is_given_up_at_the_deadline(town, topic, subscriber, monkeypatch):
    subscribe(topic, subscriber.url("/me"))
    monkeypatch.setattr(websub, "SECONDS", 0.3)
    subscriber.hold = True
    publish(town)
    deliver_due()
    assert (pushes().get().error_code, outcomes()) == ("slow", [State.WAITING])


def test_a_subscriber_that_is_gone_is_not_asked_again(town, topic, subscriber):
    subscribe(topic, subscriber.url("/me"))
    subscriber.takes = 410
    publish(town)
    deliver_due()
    assert Subscription.objects.get().state == "ended"
    assert (outcomes(), pushes().get().error_code) == ([State.FAILED], "410")
    publish(town, "Treća vijest")
    assert (deliver_due(), len(subscriber.pushes)) == (0, 1)


def test_a_renewal_is_not_kept_behind_what_rests(town, topic, subscriber):
    subscribe(topic, subscriber.url("/me"))
    subscriber.takes = 500
    publish(town)
    deliver_due()
    subscribe(topic, subscriber.url("/me"), secret="nova")
    assert Subscription.objects.get().secret == "nova"


def test_a_hub_that_was_away_is_told_of_the_newest_only(town, topic, subscriber, settings):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "WEBSUB_HUBS": (subscriber.url("/hub"),)}
    subscriber.takes = 503
    publish(town)
    deliver_due()
    publish(town, "Treća vijest")
    subscriber.takes = 204
    subscriber.pushes.clear()
    make_due()
    assert deliver_due() == FeedFile.objects.count() == len(subscriber.pushes)
