"""The office sees whom its feeds are sent to, and ends what is no longer wanted."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from tests.factories.hub import subscribe, topic_of
from tests.factories.municipalities import user_with
from tests.factories.syndication import a_story, a_town, an_item
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.syndication.actions import rounds
from wagtail_diaspora.syndication.models import Channel, Subscription
from wagtail_diaspora.syndication.setup import LEDGER, MARK, SETTINGS

pytestmark = pytest.mark.django_db

LIST = "/admin/reports/diaspora-subscribers/"


@pytest.fixture
def channel(town):
    return Channel.objects.create(municipality=town, language="bs", number=1)


@pytest.fixture
def administrator(town):
    return logged_in(town, SETTINGS)


def logged_in(town, *permissions):
    user = user_with(*permissions, municipality=town)
    user.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    UserProfile.objects.create(user=user, preferred_language="en")
    client = Client()
    client.force_login(user)
    return client


def a_subscriber(channel, name="citalac", **facts):
    now = timezone.now()
    given = {"state": "active", "began_at": now, "lease_until": now + timedelta(days=1)}
    callback = f"https://{name}.example.org/tajni-put?key=1"
    return Subscription.objects.create(
        channel=channel,
        path="primjer/bs/all/rss.xml",
        callback=callback,
        callback_digest=name,
        network_digest=b"",
        **given | facts,
    )


def shown(client):
    return client.get(LIST).content.decode()


def end(row):
    return reverse("diaspora_newsdesk:subscriber", args=[row.pk])


def test_the_list_says_who_what_and_how_it_goes_and_no_secret(administrator, channel):
    a_subscriber(channel, secret="tajna")
    a_subscriber(channel, "mrtvi", failing_since=timezone.now() - timedelta(days=3), failures=9)
    a_subscriber(channel, "bivsi", state="ended", lease_until=None)
    a_subscriber(channel, "nepotvrdeni", state="asked", began_at=None, lease_until=None)
    page = shown(administrator)
    assert "primjer/bs/all/rss.xml" in page and "Not taken since" in page and "Has ended" in page
    assert page.index("mrtvi.example.org") < page.index("citalac.example.org") and "bivsi.example.org" in page
    assert LIST in administrator.get(reverse("diaspora_syndication_settings:index")).content.decode()
    for hidden in ("nepotvrdeni", "tajni-put", "tajna"):
        assert hidden not in page, hidden


def test_a_subscription_ends_by_a_button_and_after_a_question(administrator, channel, town):
    row = a_subscriber(channel)
    asked = administrator.get(end(row)).content.decode()
    assert "citalac.example.org" in asked and 'method="post"' in asked
    assert Subscription.objects.get().state == "active"
    assert administrator.post(end(row))["Location"] == LIST
    assert (Subscription.objects.get().state, Subscription.objects.active().count()) == ("ended", 0)
    assert MunicipalityLogEntry.objects.get(municipality=town).action.endswith("subscription_ended")
    assert "has ended already" in administrator.get(end(row)).content.decode()
    administrator.post(end(row))
    assert MunicipalityLogEntry.objects.count() == 1


def test_whoever_was_ended_is_sent_nothing_and_may_come_back(town, administrator, subscriber):
    an_item(town)
    rounds.publish()
    row = subscribe(topic_of(town), subscriber.url("/me"))
    administrator.post(end(row))
    an_item(town, a_story(town, "Druga"))
    rounds.publish()
    assert (deliver_due(), subscriber.pushes) == (0, [])
    assert subscribe(topic_of(town), subscriber.url("/me")).state == "active"


def test_nobody_sees_or_ends_subscriptions_of_another_municipality(administrator, channel):
    other = a_town("drugi.example.org")
    foreign = a_subscriber(Channel.objects.create(municipality=other, language="bs"), "tudi")
    a_subscriber(channel)
    page = shown(administrator)
    assert "citalac.example.org" in page and "tudi.example.org" not in page
    assert administrator.get(end(foreign)).status_code == administrator.post(end(foreign)).status_code == 404
    assert Subscription.objects.get(pk=foreign.pk).state == "active"


def test_whoever_has_no_right_to_the_settings_sees_and_ends_nothing(town, channel):
    row, editor = a_subscriber(channel), logged_in(town, MARK, LEDGER)
    for answer in (editor.get(LIST), editor.get(end(row)), editor.post(end(row)), Client().get(LIST)):
        assert answer.status_code == 302 and answer["Location"] != LIST
    assert Subscription.objects.get().state == "active"
    reports = reverse("wagtailadmin_home")
    assert LIST not in editor.get(reports).content.decode()
    assert LIST in logged_in(town, SETTINGS).get(reports).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(administrator, channel, count, django_assert_num_queries):
    for number in range(count):
        a_subscriber(channel, f"citalac{number}")
    shown(administrator)
    with django_assert_num_queries(11):
        shown(administrator)
