"""Who is told of what, when, and once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.syndication import a_partner, a_story, a_town, an_item
from tests.host.models import BlogPage
from tests.syndication.newsdesk import a_told_item, let_delay_pass, lines, tell, tell_and_send
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.syndication.actions import (
    marking,
    partnering,
    publishing,
    rounds,
    sending,
    telling,
)
from wagtail_diaspora.syndication.models import Channel, Delivery, Edition, Item, Partner

pytestmark = pytest.mark.django_db


def change(item, **fields):
    BlogPage.objects.filter(translation_key=item.translation_key).update(**fields)


def test_the_first_mail_waits_and_then_leaves_once(town, partner, smtp, settings):
    an_item(town)
    assert tell() == 0 and lines() == [("new", 1, "waiting")]
    wait = Delivery.objects.get().due_at - timezone.now()
    assert timedelta(minutes=14) < wait <= timedelta(minutes=15)
    assert deliver_due() == 0 and not smtp.messages
    let_delay_pass()
    assert (rounds.tell(), rounds.tell()) == (1, 0) and lines() == [("new", 1, "under_way")]
    assert deliver_due() == 1 and lines() == [("new", 1, "sent")]
    assert [message["To"] for message in smtp.messages] == [partner.email]
    assert (rounds.tell(), deliver_due()) == (0, 0)


def test_what_changes_within_the_delay_goes_out_as_the_newest_only(town, partner, smtp):
    item = an_item(town)
    tell()
    change(item, title="Most je zatvoren")
    publishing.reconcile_all()
    assert tell_and_send() == 1 and lines() == [("new", 2, "sent")]
    assert [message["Subject"] for message in smtp.messages] == ["Most je zatvoren"]


def test_what_is_withdrawn_within_the_delay_was_never_told(town, partner, smtp):
    item = an_item(town)
    tell()
    marking.withdraw(item, note="Greška.", user=None)
    assert tell_and_send() == 0 and lines() == [("new", 1, "cancelled")] and not smtp.messages


def test_an_update_is_told_to_nobody(town, partner, smtp):
    item = a_told_item(town)
    change(item, intro="Drugo.")
    publishing.reconcile_all()
    assert tell_and_send() == 0 and lines() == [("new", 1, "sent")]


def test_a_correction_and_a_withdrawal_go_at_once_to_whoever_got_it(town, partner, smtp):
    item = a_told_item(town)
    late = a_partner(town)
    change(item, intro="Bez greške.")
    marking.correct(item, note="Datum je bio pogrešan.", user=None)
    assert tell() == 1 and deliver_due() == 1
    marking.withdraw(Item.objects.get(), note="Nije tačno.", user=None)
    assert tell() == 1 and deliver_due() == 1
    assert lines() == [("new", 1, "sent"), ("corrected", 2, "sent"), ("withdrawn", 3, "sent")]
    assert not Delivery.objects.filter(partner=late).exists()
    first, second, third = smtp.messages
    assert second["Subject"] == "CORRECTION: Most je otvoren" or "ISPRAVKA" in second["Subject"]
    assert {m["In-Reply-To"] for m in (second, third)} == {first["Message-ID"]}
    assert {m["References"] for m in (second, third)} == {first["Message-ID"]}


def test_what_comes_back_after_a_withdrawal_is_news_again(town, partner, smtp):
    item = a_told_item(town)
    marking.withdraw(item, note="", user=None)
    tell_and_send()
    page = BlogPage.objects.get()
    marking.mark(page, municipality=town, user=None)
    assert tell_and_send() == 1
    assert [kind for kind, _version, _state in lines()] == ["new", "withdrawn", "new"]


def test_an_editor_undoes_it_within_the_delay(town, partner, smtp):
    item = an_item(town)
    tell()
    assert telling.undo(item, user=None) == 1
    assert tell_and_send() == 0 and lines() == [("new", 1, "cancelled")]
    assert telling.undo(item, user=None) == 0


def test_embargoed_items_go_only_to_those_that_take_them_and_not_twice(town, smtp):
    trusted, other = a_partner(town, takes_embargoed=True), a_partner(town)
    item = an_item(town)
    item.embargo_until = timezone.now() + timedelta(hours=2)
    item.save()
    assert tell_and_send() == 1
    assert lines(partner=trusted) == [("embargoed", 1, "sent")] and lines(partner=other) == []
    assert smtp.messages[0]["Subject"].startswith("EMBARGO: ")
    Item.objects.update(embargo_until=timezone.now(), look_at=timezone.now())
    assert tell_and_send() == 1
    assert lines(partner=trusted) == [("embargoed", 1, "sent")]
    assert lines(partner=other) == [("new", 2, "sent")]


def test_languages_and_topics_are_those_that_the_newsroom_chose(town, smtp):
    sport, culture = (Topic.objects.create(code=code, name={"bs": code}) for code in ("sportx", "kulturax"))
    english, sporty, all_of_it = a_partner(town, languages=["en"]), a_partner(town), a_partner(town)
    sporty.topics.add(sport)
    an_item(town, a_story(town, "Bez teme"))
    with_topic = an_item(town, a_story(town, "Sport"))
    with_topic.topics.add(sport)
    an_item(town, a_story(town, "Kultura")).topics.add(culture)
    tell_and_send()
    assert lines(partner=english) == []
    assert [line.title for line in Delivery.objects.filter(partner=sporty)] == ["Sport"]
    assert Delivery.objects.filter(partner=all_of_it).count() == 3


def test_nothing_goes_to_whoever_has_not_confirmed_or_has_left(town, smtp):
    for state in ("invited", "paused", "ended"):
        a_partner(town, state=state)
    assert (a_told_item(town) and lines()) == [] and not smtp.messages


def test_a_paused_partner_hears_later_of_what_it_got(town, partner, smtp):
    item = a_told_item(town)
    partnering.pause(partner)
    marking.withdraw(item, note="", user=None)
    assert tell_and_send() == 0 and lines()[-1] == ("withdrawn", 2, "waiting")
    partnering.resume(Partner.objects.get())
    assert tell_and_send() == 1 and lines()[-1] == ("withdrawn", 2, "sent")


def test_each_town_tells_its_own_partners(town, partner, smtp):
    other = a_town("drugi.example.org")
    theirs = a_partner(other)
    a_told_item(town)
    assert lines(partner=theirs) == [] and len(smtp.messages) == 1


def test_many_changes_are_read_in_portions(town, partner, monkeypatch):
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    for number in range(5):
        an_item(town, a_story(town, f"Vijest {number}"))
    rounds.publish()
    assert telling.note_changes() == 5
    channel = Channel.objects.get()
    assert channel.told == channel.number == 5 and telling.note_changes() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_noting_costs_the_same_for_one_and_three(town, count, django_assert_num_queries):
    for number in range(count):
        a_partner(town)
        an_item(town, a_story(town, f"Vijest {number}"))
    rounds.publish()
    with django_assert_num_queries(13):
        assert telling.note_changes() == count * count


@pytest.mark.parametrize("count", [1, 3])
def test_sending_costs_the_same_for_one_and_three(town, partner, count, django_assert_num_queries):
    for number in range(count):
        an_item(town, a_story(town, f"Vijest {number}"))
    tell()
    let_delay_pass()
    with django_assert_num_queries(11):
        assert sending.send_to(partner.pk) == count
    assert Edition.objects.count() == count


def test_a_correction_cannot_be_kept_from_whoever_got_it(town, partner, smtp):
    item = a_told_item(town)
    marking.correct(item, note="Datum je bio pogrešan.", user=None)
    rounds.publish()
    telling.note_changes()
    assert telling.undo(item, user=None) == 0
    assert tell_and_send() == 1 and lines() == [("new", 1, "sent"), ("corrected", 2, "sent")]


def test_a_partner_with_another_mailbox_hears_of_a_withdrawal_once_it_confirms(town, partner, smtp):
    item = a_told_item(town)
    partnering.ask_again(partner, user=None)
    Partner.objects.filter(pk=partner.pk).update(state="invited")
    marking.withdraw(item, note="Nije tačno.", user=None)
    tell_and_send()
    assert lines()[-1] == ("withdrawn", 2, "waiting")
    partnering.confirm(Partner.objects.get())
    tell_and_send()
    assert lines()[-1] == ("withdrawn", 2, "sent")


def test_who_left_and_comes_back_does_not_get_what_waited(town, partner, smtp):
    an_item(town)
    tell()
    partnering.leave(partner)
    partnering.confirm(Partner.objects.get())
    assert tell_and_send() == 0 and lines() == [("new", 1, "cancelled")]


def test_one_town_that_fails_does_not_hold_up_the_others(town, partner, smtp, monkeypatch, caplog):
    other = a_town("drugi.example.org")
    a_partner(other)
    an_item(town), an_item(other, a_story(other, "Druga"))
    rounds.publish()
    read = telling._note_portion

    def fail(channel):
        if channel.municipality == town:
            raise RuntimeError("broken")
        return read(channel)

    monkeypatch.setattr(telling, "_note_portion", fail)
    assert telling.note_changes() == 1 and "broken" in caplog.text
