"""Workers killed by SIGKILL while they serve subscribers: nothing lost, at most one repeat."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.hub import ask, subscribe, topic_of
from tests.factories.syndication import a_story, an_item
from tests.outbox import processes
from tests.outbox.worker import deliver
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.states import State
from wagtail_diaspora.syndication.actions import pushing, rounds
from wagtail_diaspora.syndication.models import Subscription

pytestmark = pytest.mark.django_db(transaction=True)


def worker():
    return processes.start(deliver)


def let_leases_end():
    leased = Message.objects.waiting().filter(lease_until__isnull=False)
    leased.update(lease_until=timezone.now() - timedelta(1))


@pytest.fixture
def topic(town):
    an_item(town)
    rounds.publish()
    return topic_of(town)


def publish(town):
    an_item(town, a_story(town, "Druga vijest"))
    rounds.publish()


def kill_while_held(subscriber):
    process = worker()
    assert subscriber.held.wait(120)
    processes.kill(process)
    subscriber.let_go()


def test_worker_killed_between_acceptance_and_commit_repeats_once(town, topic, subscriber):
    subscribe(topic, subscriber.url("/me"), secret="tajna")
    publish(town)
    subscriber.hold = True
    kill_while_held(subscriber)
    assert deliver_due() == 0
    let_leases_end()
    assert (deliver_due(), deliver_due()) == (1, 0)
    first, second = subscriber.pushes
    assert first[2] == second[2] and first[1]["X-Hub-Signature"] == second[1]["X-Hub-Signature"]
    assert Message.objects.get(applies=pushing.PUSH).state == State.SENT


def test_worker_killed_while_it_asks_asks_again_and_the_subscription_holds(topic, subscriber):
    ask(topic=topic, callback=subscriber.url("/me"), secret="tajna")
    subscriber.hold = True
    kill_while_held(subscriber)
    assert Subscription.objects.get().state == "asked"
    let_leases_end()
    assert (deliver_due(), deliver_due(), len(subscriber.questions)) == (1, 0, 2)
    assert Subscription.objects.get().state == "active" and Subscription.objects.get().secret == "tajna"


def test_what_was_published_meanwhile_goes_instead_of_what_was_interrupted(town, topic, subscriber):
    subscribe(topic, subscriber.url("/me"))
    publish(town)
    subscriber.hold = True
    kill_while_held(subscriber)
    an_item(town, a_story(town, "Treća vijest"))
    rounds.publish()
    let_leases_end()
    assert deliver_due() == 1
    assert ["Treća vijest" in body.decode() for body in subscriber.bodies] == [False, True]


def test_two_workers_at_once_send_to_each_subscriber_once(town, topic, subscriber):
    paths = {f"/{number}" for number in range(12)}
    for path in paths:
        subscribe(topic, subscriber.url(path))
    publish(town)
    outputs = processes.finish(worker(), worker())
    assert sum(map(int, outputs)) == 12
    assert Counter(path for path, _headers, _body in subscriber.pushes) == Counter(paths)
