"""What anybody may ask of our hub, and what comes of it before and after it is confirmed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories.hub import HUB, ask, make_due, subscribe, topic_of
from tests.factories.syndication import a_town, an_item
from wagtail_diaspora import conf
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.states import State
from wagtail_diaspora.syndication.actions import hub, rounds
from wagtail_diaspora.syndication.models import FeedFile, Subscription

pytestmark = pytest.mark.django_db

CALLBACK = "https://reader.example.org/callback?room=7"
HOUR, DAY = 3600, 86400


@pytest.fixture
def topic(town):
    an_item(town)
    rounds.publish()
    return topic_of(town)


def states():
    return list(Subscription.objects.values_list("state", flat=True))


def leases():
    now = timezone.now()
    return [
        (until - now).total_seconds() for until in Subscription.objects.values_list("lease_until", flat=True)
    ]


def test_asking_calls_nobody_and_changes_nothing_yet(topic, subscriber):
    answer = ask(topic=topic, callback=subscriber.url("/me"))
    assert (answer.status_code, answer.content, answer.cookies) == (202, b"", {})
    assert subscriber.questions == [] and states() == ["asked"]
    assert Message.objects.get().scope.startswith("municipality:")


def test_a_subscription_holds_once_it_is_confirmed(topic, subscriber):
    subscribe(topic, subscriber.url("/me?room=7"), lease_seconds=2 * DAY)
    ((path, query),) = subscriber.questions
    assert (path, query["room"], query["hub.mode"], query["hub.topic"]) == ("/me", "7", "subscribe", topic)
    assert query["hub.lease_seconds"] == str(2 * DAY) and len(query["hub.challenge"]) > 30
    assert states() == ["active"] and leases() == [pytest.approx(2 * DAY, abs=60)]


def test_leases_are_bounded(topic, subscriber):
    bounds = {None: 10 * DAY, "": 10 * DAY, 1: HOUR, -5: HOUR, 10**12: 30 * DAY}
    for asked, given in bounds.items():
        subscribe(topic, subscriber.url("/me"), **({} if asked is None else {"lease_seconds": asked}))
        assert leases() == [pytest.approx(given, abs=60)], asked


def test_a_wrong_echo_confirms_nothing(topic, subscriber):
    for echo in (lambda c: "", lambda c: c + "\n", lambda c: c[:-1], lambda c: f"<p>{c}</p>"):
        subscriber.echo = echo
        ask(topic=topic, callback=subscriber.url("/me"))
        deliver_due()
        assert states() == [] and not Message.objects.waiting().exists(), echo("c")
    assert len(subscriber.questions) == 4


def test_an_echo_with_another_status_confirms_nothing_and_nobody_follows(topic, subscriber):
    statuses = (302, 307, 404, 410, 500)
    for status in statuses:
        subscriber.confirms = status
        ask(topic=topic, callback=subscriber.url("/me"))
        deliver_due()
        assert states() == [], status
    assert [path for path, _query in subscriber.questions] == ["/me"] * len(statuses)


def test_a_server_that_is_away_is_asked_three_times(topic, subscriber):
    address = subscriber.url("/me")
    subscriber.shutdown()
    subscriber.server_close()
    ask(topic=topic, callback=address)
    for expected in (["asked"], ["asked"], []):
        make_due()
        deliver_due()
        assert states() == expected
    assert Message.objects.get().attempts == 3


def test_a_secret_of_199_bytes_is_kept_and_sealed(topic, subscriber):
    secret = "tajna" + "x" * 194
    row = subscribe(topic, subscriber.url("/povratna-adresa"), secret=secret)
    assert row.secret == secret
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret, callback FROM diaspora_syndication_subscription")
        sealed = b"".join(map(bytes, cursor.fetchone()))
        cursor.execute("SELECT payload FROM diaspora_outbox_message")
        sealed += bytes(cursor.fetchone()[0])
    assert b"tajna" not in sealed and b"povratna-adresa" not in sealed


def test_a_publisher_may_ping_us_and_nothing_comes_of_it(topic):
    for name in ("topic", "url"):
        assert ask("publish", **{name: topic}).status_code == 202
    assert not Message.objects.exists()


def test_renewing_replaces_lease_and_secret(topic, subscriber):
    first = subscribe(topic, subscriber.url("/me"), secret="one", lease_seconds=HOUR)
    again = subscribe(topic, subscriber.url("/me"), secret="two", lease_seconds=3 * HOUR)
    assert (first.pk, again.secret) == (again.pk, "two")
    assert leases() == [pytest.approx(3 * HOUR, abs=60)]
    assert subscribe(topic, subscriber.url("/me")).secret is None


def test_a_renewal_that_is_not_confirmed_leaves_the_subscription(topic, subscriber):
    subscribe(topic, subscriber.url("/me"), secret="one")
    subscriber.confirms = 404
    ask(topic=topic, callback=subscriber.url("/me"), secret="of somebody else", lease_seconds=HOUR)
    deliver_due()
    assert Subscription.objects.get().secret == "one" and leases() == [pytest.approx(10 * DAY, abs=60)]


def test_of_two_requests_only_the_last_is_asked_about(topic, subscriber):
    for secret in ("one", "two"):
        ask(topic=topic, callback=subscriber.url("/me"), secret=secret)
    assert deliver_due() == 1 and len(subscriber.questions) == 1
    assert Subscription.objects.get().secret == "two"
    assert sorted(Message.objects.values_list("state", flat=True)) == [State.CANCELLED, State.SENT]


def test_a_late_answer_to_an_earlier_request_counts_nothing(topic, subscriber):
    ask(topic=topic, callback=subscriber.url("/me"), secret="one")
    earlier = Message.objects.get().payload
    ask("unsubscribe", topic=topic, callback=subscriber.url("/me"))
    hub.answered(earlier, agreed=True)
    assert states() == ["asked"]
    hub.answered(earlier, agreed=False)
    assert states() == ["asked"]


def test_unsubscribing_is_confirmed_too(topic, subscriber):
    subscribe(topic, subscriber.url("/me"))
    subscriber.echo = lambda challenge: "no"
    ask("unsubscribe", topic=topic, callback=subscriber.url("/me"))
    deliver_due()
    assert states() == ["active"]
    subscriber.echo = lambda challenge: challenge
    ask("unsubscribe", topic=topic, callback=subscriber.url("/me"))
    deliver_due()
    assert states() == ["ended"]
    assert "hub.lease_seconds" not in subscriber.questions[-1][1]
    subscribe(topic, subscriber.url("/me"))
    assert states() == ["active"]


def test_the_clock_ends_leases_and_forgets_what_is_over(topic, subscriber):
    row = subscribe(topic, subscriber.url("/me"))
    assert hub.end_leases() == 0
    Subscription.objects.update(lease_until=timezone.now())
    assert (hub.end_leases(), hub.end_leases(), states()) == (1, 0, ["ended"])
    ask(topic=topic, callback=CALLBACK)
    Subscription.objects.exclude(pk=row.pk).update(changed_at=timezone.now() - timedelta(days=2))
    hub.end_leases()
    assert states() == ["ended"]
    Subscription.objects.update(changed_at=timezone.now() - timedelta(days=31))
    hub.end_leases()
    assert states() == []


def test_the_clock_forgets_messages_of_which_the_words_are_erased(topic, subscriber):
    subscribe(topic, subscriber.url("/me"))
    hub.end_leases()
    assert Message.objects.count() == 1
    Message.objects.update(body_erased_at=timezone.now(), payload=None)
    hub.end_leases()
    assert Message.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_the_same_for_one_and_three(topic, count, django_assert_max_num_queries):
    for number in range(count):
        ask(topic=topic, callback=f"{CALLBACK}{number}")
    with django_assert_max_num_queries(16):
        ask(topic=topic, callback=f"{CALLBACK}-new")


def test_feeds_name_our_hub_and_the_hosts_others(client, topic, town, settings):
    path = topic.removeprefix(town.root_url)
    own = f'<{town.root_url}{HUB}>; rel="hub"'
    assert client.get(path)["Link"] == f'{own}, <{topic}>; rel="self"'
    assert f'href="{town.root_url}{HUB}"'.encode() in FeedFile.objects.get(url=topic).body
    other = "https://hub.example.org/"
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "WEBSUB_HUBS": (other,)}
    rounds.publish()
    assert client.get(path)["Link"] == f'{own}, <{other}>; rel="hub", <{topic}>; rel="self"'
    assert other.encode() in FeedFile.objects.get(url=topic).body


def test_each_town_has_its_own_topics(topic, subscriber):
    other = a_town("drugi.example.org")
    an_item(other)
    rounds.publish()
    subscribe(topic_of(other), subscriber.url("/me"))
    subscribe(topic, subscriber.url("/me"))
    assert Subscription.objects.active().count() == 2 and conf.WEBSUB_SUBSCRIBERS > 2
