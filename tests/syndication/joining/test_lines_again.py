"""Lines of the hub after a restored backup, a second joining, another day on air."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.syndication import a_partner, a_story, an_item
from tests.syndication.joining.both_sides import (
    RADIO,
    call_now,
    everybody_tells,
    joined,
    learn_the_end,
    read_town,
    states,
)
from tests.syndication.newsdesk import a_told_item, tell
from wagtail_diaspora.syndication.actions import catching_up, membership, receiving, rounds
from wagtail_diaspora.syndication.models import Delivery, Edition, HubLine, Member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_to_loopback")]


def test_a_line_keeps_its_name_when_keys_are_given_anew(hub, town, smtp):
    a_partner(hub, email=RADIO)
    _member, row = joined(hub, town)
    a_told_item(town, "Prva")
    everybody_tells()
    call_now()
    first = Delivery.objects.get(title="Prva")
    a_told_item(town, "Druga")
    read_town()
    Delivery.objects.all().delete()  # as a backup from before them has none
    told = Edition.objects.get(item__municipality=hub, content__title="Druga")
    facts = {"edition": told, "version": 1, "number": told.number, "kind": "new", "way": "mail"}
    Delivery.objects.create(pk=first.pk, partner=first.partner, title="Druga", state="waiting", **facts)
    call_now()
    assert sorted(HubLine.objects.values_list("title", "state")) == [("Druga", "waiting"), ("Prva", "sent")]


def test_who_joins_again_sees_each_line_once(hub, town, smtp):
    a_partner(hub, email=RADIO)
    joined(hub, town)
    a_told_item(town, "Prva")
    everybody_tells()
    call_now()
    Member.objects.all().delete()
    learn_the_end()
    joined(hub, town)
    call_now()
    assert states() == ("joined", "member") and HubLine.objects.count() == 1


def test_another_day_on_air_is_heard_by_the_town(hub, town, smtp):
    a_partner(hub, email=RADIO)
    joined(hub, town)
    a_told_item(town, "Prva")
    everybody_tells()
    today = timezone.localdate()
    for day in (today, today - timedelta(days=1)):
        receiving.air(Delivery.objects.get(partner__municipality=hub), on=day)
        call_now()
    assert HubLine.objects.get().aired_on == today - timedelta(days=1)


def test_earlier_news_that_waits_at_the_hub_is_not_sent_by_the_town_too(hub, town, both, smtp):
    before = a_told_item(town, "Prije mreže")
    Delivery.objects.filter(edition__item=before).delete()
    _member, row = joined(hub, town)
    an_item(town, a_story(town, "Čeka u mreži"))
    tell()
    read_town()
    tell()
    call_now()
    an_item(town, a_story(town, "Mreža još ne zna"))
    tell()
    catching_up.ask_to_catch_up(both[0], since=timezone.localdate(), user=None)
    rounds.tell()
    assert [line.title for line in Delivery.objects.filter(partner=both[0])] == ["Prije mreže"]
    membership.hand_over(row, False, user=None)
    catching_up.ask_to_catch_up(both[0], since=timezone.localdate(), user=None)
    rounds.tell()
    told = Delivery.objects.filter(partner=both[0]).order_by("pk").values_list("title", flat=True)
    assert list(told) == ["Prije mreže", "Mreža još ne zna"]
