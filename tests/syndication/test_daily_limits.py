"""How many mails a newsroom gets in a day, and what waits for the morning."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories.syndication import a_partner, a_story, an_item
from tests.syndication.newsdesk import a_told_item, let_delay_pass, lines, tell, tell_and_send
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.syndication.actions import marking, redelivering, rounds, sending, telling
from wagtail_diaspora.syndication.models import Delivery

pytestmark = pytest.mark.django_db


def test_the_days_limit_holds_the_rest_until_the_morning(town, smtp):
    partner = a_partner(town, daily_limit=1)
    first = a_told_item(town)
    a_told_item(town, "Druga")
    assert len(smtp.messages) == 1
    held = Delivery.objects.get(state="waiting")
    assert held.title == "Druga" and timezone.localtime(held.due_at).hour == 6
    marking.withdraw(first, note="", user=None)
    assert tell() == 1, "a withdrawal counts for no limit"
    yesterday = timezone.now() - timedelta(days=1)
    Delivery.objects.filter(posted_at__isnull=False).update(posted_at=yesterday, sent_at=yesterday)
    let_delay_pass()
    assert rounds.tell() == 1
    assert Delivery.objects.filter(partner=partner, state="waiting").count() == 0


def test_corrections_of_much_at_once_leave_some_in_a_minute(town, partner, smtp, monkeypatch):
    """None is lost, or waits for another day; its server is not overrun."""
    items = [a_told_item(town, title) for title in ("Prva", "Druga", "Treća")]
    monkeypatch.setattr(sending, "AT_A_TIME", 2)
    earlier = timezone.now() - timedelta(seconds=50)  # the last run took 10 s to write them
    Delivery.objects.update(posted_at=earlier)
    for item in items:
        marking.correct(item, note="Datum je bio pogrešan.", user=None)
    assert (tell(), rounds.tell()) == (2, 0)
    Delivery.objects.filter(posted_at__isnull=False).update(posted_at=earlier)
    assert (rounds.tell(), rounds.tell(), deliver_due()) == (1, 0, 3)
    assert {mail["Subject"].split()[-1] for mail in smtp.messages[3:]} == {"Prva", "Druga", "Treća"}


def test_what_the_limit_held_back_comes_in_one_mail_in_the_morning(town, smtp):
    """So that a newsroom that takes fewer mails than there is news does not fall behind for ever."""
    a_partner(town, daily_limit=2)
    for title in ("Prva", "Druga", "Treća", "Četvrta", "Peta"):
        a_told_item(town, title)
    assert [mail["Subject"] for mail in smtp.messages] == ["Prva", "Druga"]
    yesterday = timezone.now() - timedelta(days=1)
    Delivery.objects.exclude(state="waiting").update(posted_at=yesterday, sent_at=yesterday)
    an_item(town, a_story(town, "Jutarnja"))
    tell()
    morning = telling.next_morning(timezone.now() - timedelta(days=2))
    Delivery.objects.waiting().exclude(title="Jutarnja").update(due_at=morning)
    Delivery.objects.filter(title="Jutarnja").update(due_at=timezone.now())
    assert (rounds.tell(), deliver_due()) == (2, 2)
    text = smtp.messages[2].get_body(("plain",)).get_content()
    assert all(title in text for title in ("Treća", "Četvrta", "Peta")) and "Jutarnja" not in text


def test_a_days_mail_holds_all_of_the_day(town, smtp):
    a_partner(town, pace="daily")
    for number in range(3):
        an_item(town, a_story(town, f"Vijest {number}"))
    tell()
    assert {timezone.localtime(line.due_at).hour for line in Delivery.objects.all()} == {6}
    assert tell_and_send() == 1
    assert len(smtp.messages) == 1 and lines() == [("new", 1, "sent")] * 3
    text = smtp.messages[0].get_body(("plain",)).get_content()
    assert all(f"Vijest {number}" in text for number in range(3))
    assert Delivery.objects.values("message_key").distinct().count() == 1


@pytest.mark.parametrize(("hour", "day"), [(5, 1), (6, 2), (23, 2)])
def test_the_morning_is_six_by_the_sites_clock(hour, day):
    moment = timezone.make_aware(datetime(2026, 3, 1, hour))
    morning = timezone.localtime(telling.next_morning(moment))
    assert (morning.day, morning.hour) == (day, 6)


def test_a_cancelled_mail_counts_for_no_limit(town, smtp):
    """Written today and taken back: another may leave instead."""
    a_partner(town, daily_limit=1)
    first = an_item(town)
    tell()
    let_delay_pass()
    assert rounds.tell() == 1 and lines() == [("new", 1, "under_way")]
    marking.withdraw(first, note="", user=None)
    assert (tell(), deliver_due(), rounds.tell()) == (1, 0, 0) and not smtp.messages
    assert {state for _kind, _version, state in lines()} == {"cancelled"}
    an_item(town, a_story(town, "Druga"))
    assert tell_and_send() == 1 and [message["Subject"] for message in smtp.messages] == ["Druga"]


def test_a_repeat_that_was_undone_counts_for_no_limit(town, partner, smtp):
    a_told_item(town)
    yesterday = timezone.now() - timedelta(days=1)
    Delivery.objects.update(posted_at=yesterday, sent_at=yesterday)
    redelivering.redeliver(Delivery.objects.all(), user=None)
    assert rounds.tell() == 1 and sending.sent_today(partner) == 1
    Delivery.objects.all().cancel()
    assert sending.sent_today(partner) == 0 and lines() == [("new", 1, "sent")]
