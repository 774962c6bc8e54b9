"""Sources whose hubs tell us: asked for, confirmed, told, renewed, and never relied upon."""

import hashlib
import hmac
import uuid
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from tests.factories.hub import make_due, topic_of
from tests.factories.remote import a_source, at_once
from tests.factories.syndication import a_story, a_town, an_item
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.syndication.actions import listening, marking, polling, rounds
from wagtail_diaspora.syndication.models import (
    RemoteItem,
    RemoteSource,
    RemoteSubscription,
    SourceState,
    Subscription,
)
from wagtail_diaspora.syndication.views import listening as listening_view

FEED = "https://drugi.example.org/feed"
DAY = 86400


@pytest.fixture
def source(town, subscriber):
    """Read before, and not due for a while; `subscriber` is its hub."""
    later = timezone.now() + timedelta(hours=6)
    return a_source(town, FEED, hub_url=subscriber.url("/hub"), next_due_at=later)


@pytest.fixture
def row(source):
    listening.listen()
    deliver_due()
    return RemoteSubscription.objects.get()


def callback(row):
    return f"/diaspora/websub/{row.pk}/"


def question(row, **facts):
    said = {"mode": "subscribe", "topic": row.topic, "challenge": "x1", "lease_seconds": DAY, **facts}
    return Client().get(callback(row), {f"hub.{name}": value for name, value in said.items()})


def confirmed(row, **facts):
    assert question(row, **facts).content == b"x1"
    return RemoteSubscription.objects.get()


def push(row, body=b"<feed/>", secret=None, method="sha256", **headers):
    signature = hmac.new((secret or row.secret).encode(), body, getattr(hashlib, method)).hexdigest()
    headers = {"X-Hub-Signature": f"{method}={signature}", **headers}
    client = Client(enforce_csrf_checks=True)
    return client.post(callback(row), body, content_type="application/atom+xml", headers=headers)


def is_due():
    return RemoteSource.objects.due(timezone.now()).exists()


@pytest.mark.django_db
class TestListening:
    def test_the_hub_is_asked_outside_any_request(self, source, subscriber, row):
        ((path, headers, body),) = subscriber.pushes
        said = dict(parse_qsl(body.decode()))
        assert path == "/hub" and headers["Content-Type"] == "application/x-www-form-urlencoded"
        assert said.pop("hub.secret") == row.secret and len(row.secret) > 30
        assert said == {
            "hub.mode": "subscribe",
            "hub.topic": FEED,
            "hub.callback": f"http://primjer.example.org{callback(row)}",
            "hub.lease_seconds": str(10 * DAY),
        }
        assert (row.state, listening.listen(), Message.objects.count()) == ("asked", 0, 1)

    def test_the_topic_is_what_the_feed_calls_itself(self, source):
        RemoteSource.objects.update(self_url="https://drugi.example.org/atom.xml")
        listening.listen()
        assert RemoteSubscription.objects.get().topic == "https://drugi.example.org/atom.xml"

    def test_what_we_asked_for_is_confirmed(self, row):
        answer = question(row)
        assert (answer.status_code, answer.content, answer["X-Content-Type-Options"]) == (
            200,
            b"x1",
            "nosniff",
        )
        assert answer["Content-Type"].startswith("text/plain")
        row.refresh_from_db()
        assert row.state == "active"
        assert (row.lease_until - timezone.now()).total_seconds() == pytest.approx(DAY, abs=60)

    @pytest.mark.parametrize(
        ("lease", "given"),
        [("", 10 * DAY), ("soon", 10 * DAY), ("1", 300), ("9" * 11, 365 * DAY), ("²", 10 * DAY)],
    )
    def test_leases_are_bounded(self, row, lease, given):
        until = confirmed(row, lease_seconds=lease).lease_until
        assert (until - timezone.now()).total_seconds() == pytest.approx(given, abs=60)

    @pytest.mark.parametrize(
        "facts",
        [{"topic": "https://other.example.org/"}, {"topic": "\0"}, {"mode": "unsubscribe"}, {"mode": ""}],
    )
    def test_what_we_did_not_ask_for_is_not_confirmed(self, row, facts):
        assert question(row, **facts).status_code == 404
        assert RemoteSubscription.objects.get().state == "asked"

    def test_of_a_source_that_is_not_read_nothing_is_confirmed(self, row):
        RemoteSource.objects.update(state=SourceState.PAUSED)
        assert question(row).status_code == 404 and push(row).status_code == 410

    def test_an_unknown_callback_is_gone(self, db):
        nobody = RemoteSubscription(pk=uuid.uuid4(), secret="x", topic=FEED)
        assert (question(nobody).status_code, push(nobody).status_code) == (404, 410)

    @pytest.mark.parametrize("method", ["sha256", "sha512", "sha1"])
    def test_what_is_signed_has_the_source_read_at_once(self, row, method):
        row = confirmed(row)
        assert not is_due()
        assert push(row, method=method).status_code == 202 and is_due()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"secret": "of somebody else"},
            {"X-Hub-Signature": ""},
            {"X-Hub-Signature": "sha256=00"},
            {"X-Hub-Signature": "md5=00"},
            {"X-Hub-Signature": "new=00"},
        ],
    )
    def test_what_is_not_signed_is_taken_and_forgotten(self, row, wrong):
        assert push(confirmed(row), **wrong).status_code == 202 and not is_due()

    def test_a_body_without_end_is_not_read_to_its_end(self, row, monkeypatch):
        monkeypatch.setattr(listening_view, "LARGEST", 100_000)
        assert push(confirmed(row), b"x" * 300_000).status_code == 202 and not is_due()
        assert push(row, b"x" * 90_000).status_code == 202 and is_due()

    def test_a_denied_subscription_is_asked_for_later(self, row):
        assert question(confirmed(row), mode="denied").status_code == 200
        assert push(row).status_code == 410 and listening.listen() == 0
        RemoteSubscription.objects.update(asked_at=timezone.now() - timedelta(hours=7))
        assert listening.listen() == 1

    def test_a_lease_is_renewed_before_it_ends(self, row, subscriber):
        confirmed(row, lease_seconds=5 * DAY)
        RemoteSubscription.objects.update(asked_at=timezone.now() - timedelta(days=4, hours=1))
        assert listening.listen() == 0
        RemoteSubscription.objects.update(lease_until=timezone.now() + timedelta(hours=23))
        assert (listening.listen(), deliver_due(), len(subscriber.pushes)) == (1, 1, 2)
        assert push(row).status_code == 202 and is_due()
        assert confirmed(row, lease_seconds=5 * DAY).secret == row.secret

    def test_a_hub_that_is_away_is_asked_again_and_reading_goes_on(self, source, subscriber):
        subscriber.takes = 503
        listening.listen()
        deliver_due()
        assert Message.objects.get().state == "waiting" and RemoteSource.objects.read().exists()
        subscriber.takes = 202
        make_due()
        assert deliver_due() == 1

    def test_another_hub_or_topic_is_another_subscription(self, row, subscriber):
        RemoteSource.objects.update(hub_url=subscriber.url("/other"))
        assert listening.listen() == 1
        assert push(row).status_code == 410 and RemoteSubscription.objects.get().pk != row.pk

    @pytest.mark.parametrize(
        "change", [{"state": SourceState.PAUSED}, {"hub_url": ""}, {"state": SourceState.ASKS}]
    )
    def test_what_is_not_wanted_any_more_is_forgotten(self, row, change):
        RemoteSource.objects.update(**change)
        assert listening.listen() == 0 and not RemoteSubscription.objects.exists()

    def test_a_request_that_waits_is_not_sent_for_a_source_that_was_paused(self, source, subscriber):
        listening.listen()
        RemoteSource.objects.update(state=SourceState.PAUSED)
        assert (deliver_due(), subscriber.pushes) == (0, [])

    def test_a_hub_in_our_own_network_is_never_called(self, source, subscriber, settings):
        settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "FETCH_ALLOWED_ADDRESSES": ()}
        listening.listen()
        assert (deliver_due(), subscriber.pushes) == (0, [])
        assert Message.objects.get().error_code == "refused"

    @pytest.mark.parametrize("count", [1, 3])
    def test_looking_costs_the_same_for_one_and_three(
        self, town, subscriber, count, django_assert_num_queries
    ):
        for number in range(count):
            a_source(town, f"{FEED}/{number}", hub_url=subscriber.url("/hub"))
        assert listening.listen() == count
        with django_assert_num_queries(2):
            assert listening.listen() == 0


def at(live_server, hostname):
    """A town whose website is this very server."""
    town = a_town(hostname, code=f"at-{hostname.replace('.', '-')}")
    town.site.port = live_server.thread.port
    town.site.save()
    return town


def shown():
    return dict(RemoteItem.objects.values_list("title", "state"))


@pytest.mark.django_db(transaction=True)
def test_one_town_hears_at_once_what_another_publishes_and_withdraws(live_server, subscriber, monkeypatch):
    """Over real HTTP, with our own hub as that of the other town. Between, no reading is due."""
    monkeypatch.setattr(polling, "PAUSE", 0.0)
    Site.objects.all().delete()
    here, there = at(live_server, "127.0.0.1"), at(live_server, "localhost")
    item = an_item(here, a_story(here, "Most je otvoren"))
    rounds.publish()
    source = at_once(there, topic_of(here, "atom.xml"))
    assert polling.poll() == 1
    source.refresh_from_db()
    assert source.hub_url == f"{here.root_url}/diaspora/hub/"
    assert listening.listen() == 1
    assert deliver_due() == 2  # our request, and the question of the hub that follows from it
    assert RemoteSubscription.objects.get().state == Subscription.objects.get().state == "active"
    an_item(here, a_story(here, "Druga vijest"))
    rounds.publish()
    assert (polling.poll(), deliver_due(), polling.poll()) == (0, 1, 1)
    assert shown() == {"Most je otvoren": "shown", "Druga vijest": "shown"}
    marking.withdraw(item, note="Nije tačno.", user=None)
    rounds.publish()
    assert (polling.poll(), deliver_due(), polling.poll()) == (0, 1, 1)
    assert shown()["Druga vijest"] == "shown" and "withdrawn" in shown().values()
