"""What waits follows what a newsroom, or its editor, chooses later."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.syndication import a_partner, a_story, an_item
from tests.syndication.newsdesk import a_told_item, an_editor, let_delay_pass, lines, tell, tell_and_send
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.syndication import links
from wagtail_diaspora.syndication.actions import marking, partnering, rounds
from wagtail_diaspora.syndication.models import Delivery, Item, Partner

pytestmark = pytest.mark.django_db

CHOICE = {"way": "mail", "pace": "immediate", "daily_limit": "20", "script": "published", "do": "save"}


def choose(partner, **changes):
    """As the newsroom does it, on its own page."""
    url = links.newsroom(partner).removeprefix("http://primjer.example.org")
    answer = Client().post(url, {**CHOICE, **changes}, headers={"host": "primjer.example.org"})
    assert answer.status_code == 302, answer.content.decode()


@pytest.fixture
def sport(db):
    return Topic.objects.create(code="sportx", name={"bs": "Sport"})


@pytest.fixture
def waiting(town, partner, smtp, sport):
    """One piece about sport and one about nothing, told and not sent."""
    an_item(town, a_story(town, "Sport")).topics.add(sport)
    an_item(town, a_story(town, "Bez teme"))
    tell()
    return partner


def waits():
    return sorted(Delivery.objects.waiting().values_list("title", flat=True))


def test_what_it_does_not_take_any_more_does_not_go_out(waiting, sport, smtp):
    choose(waiting, topics=[sport.pk])
    assert waits() == ["Sport"]
    let_delay_pass()
    assert rounds.tell() == 1 and deliver_due() == 1
    assert [message["Subject"] for message in smtp.messages] == ["Sport"]


def test_another_language_leaves_nothing_waiting(waiting):
    choose(waiting, languages=["bs"])
    assert waits() == ["Bez teme", "Sport"]
    Partner.objects.update(languages=["en"])
    choose(waiting, languages=["en"])
    assert waits() == []


def test_by_one_mail_a_day_it_waits_for_the_morning_and_comes_back(waiting):
    before = set(Delivery.objects.values_list("due_at", flat=True))
    choose(waiting, pace="daily")
    hours = {timezone.localtime(line.due_at).hour for line in Delivery.objects.all()}
    assert hours == {6}
    choose(waiting, pace="immediate")
    due = [line.due_at for line in Delivery.objects.all()]
    assert len(due) == 2 and max(due) <= max(before) + timedelta(seconds=1)


def test_by_a_feed_instead_it_waits_there_and_is_not_mailed(waiting, smtp):
    choose(waiting, way="feed")
    assert lines(way="mail") == [("new", 1, "cancelled")] * 2
    assert lines(way="feed") == [("new", 1, "waiting")] * 2
    assert tell_and_send() == 0 and not smtp.messages
    choose(waiting, way="mail")
    assert lines(way="feed") == [("new", 1, "cancelled")] * 2
    let_delay_pass()
    assert rounds.tell() == 2 and deliver_due() == 2 and len(smtp.messages) == 2
    assert lines(way="mail") == [("new", 1, "sent")] * 2


def test_a_mail_under_way_is_written_anew_in_the_script_that_holds_now(town, partner, smtp):
    an_item(town)
    tell()
    let_delay_pass()
    assert rounds.tell() == 1 and lines() == [("new", 1, "under_way")]
    choose(partner, script="cyrillic")
    assert deliver_due() == 0 and not smtp.messages
    assert tell_and_send() == 1 and [message["Subject"] for message in smtp.messages] == ["Мост је отворен"]
    assert lines() == [("new", 1, "sent")]


def test_a_mail_under_way_about_another_topic_is_not_sent(town, partner, smtp, sport):
    an_item(town)
    tell()
    let_delay_pass()
    rounds.tell()
    choose(partner, topics=[sport.pk])
    assert deliver_due() == 0 and tell_and_send() == 0 and lines() == [("new", 1, "cancelled")]


@pytest.mark.parametrize("do", ["correct", "withdraw"])
def test_a_correction_follows_what_it_got_whatever_it_takes_now(town, partner, smtp, sport, do):
    item = a_told_item(town)
    choose(partner, topics=[sport.pk], languages=["bs"], way="feed", pace="daily")
    getattr(marking, do)(Item.objects.get(pk=item.pk), note="Greška.", user=None)
    assert tell() == 1 and deliver_due() == 1 and len(smtp.messages) == 2
    assert smtp.messages[1]["In-Reply-To"] == smtp.messages[0]["Message-ID"]


def test_a_waiting_correction_stays_when_the_newsroom_chooses(town, partner, smtp, sport):
    item = a_told_item(town)
    partnering.pause(partner)
    marking.correct(item, note="Greška.", user=None)
    tell()
    assert lines()[-1] == ("corrected", 2, "waiting")
    choose(partner, topics=[sport.pk], pace="daily")
    partnering.resume(Partner.objects.get())
    assert tell() == 1 and deliver_due() == 1 and lines()[-1] == ("corrected", 2, "sent")


def test_a_pause_keeps_what_waits_and_by_the_day_it_goes_on_in_the_morning(waiting, smtp):
    partnering.pause(waiting)
    assert tell_and_send() == 0 and waits() == ["Bez teme", "Sport"]
    Partner.objects.update(pace="daily")
    partnering.resume(Partner.objects.get())
    assert {timezone.localtime(line.due_at).hour for line in Delivery.objects.all()} == {6}


def test_who_may_not_have_embargoed_items_any_more_gets_none(town, smtp, client):
    partner = a_partner(town, takes_embargoed=True)
    item = an_item(town)
    Item.objects.update(embargo_until=timezone.now() + timedelta(hours=2))
    tell()
    assert lines() == [("embargoed", 1, "waiting")]
    url = reverse("diaspora_partner:edit", args=[partner.pk])
    form = {**CHOICE, "municipality": town.pk, "name": partner.name, "email": partner.email}
    assert an_editor(town, client).post(url, form).status_code == 302
    assert lines() == [("embargoed", 1, "cancelled")]
    Item.objects.filter(pk=item.pk).update(embargo_until=timezone.now(), look_at=timezone.now())
    assert tell_and_send() == 1 and lines()[-1] == ("new", 2, "sent")


def test_the_form_leaves_alone_what_an_editor_does_meanwhile(town, partner):
    from wagtail_diaspora.syndication.forms.newsroom import ChoiceForm

    form = ChoiceForm(CHOICE, instance=Partner.objects.get(), languages=["bs"])
    assert form.is_valid(), form.errors
    partnering.pause(partner)
    form.save()
    assert Partner.objects.get().state == "paused"


@pytest.mark.parametrize("count", [1, 3])
def test_following_a_choice_costs_the_same_for_one_and_three(
    town, partner, count, smtp, sport, django_assert_num_queries
):
    for number in range(count):
        an_item(town, a_story(town, f"Vijest {number}"))
    tell()
    partner = Partner.objects.get()
    partner.topics.add(sport)
    with django_assert_num_queries(12):
        partnering.choose(partner, lambda: partner)
    assert waits() == []
