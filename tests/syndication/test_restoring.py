"""A backup is restored: what was sent since does not go out a second time."""

import io
from datetime import time

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests.factories.syndication import a_partner, a_story, a_town, an_item
from tests.syndication.newsdesk import a_told_item, an_editor, let_delay_pass, lines, tell, tell_and_send
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.syndication import links, models
from wagtail_diaspora.syndication.actions import catching_up, marking, rounds, weekly
from wagtail_diaspora.syndication.models import Channel, Delivery, Item, Partner

pytestmark = pytest.mark.django_db

KEPT = (models.Partner, models.Item, models.Channel, models.Edition, models.Change, Delivery, Message)
"""In an order in which the rows may be written."""


class Backup:
    """The rows as they stand, byte for byte."""

    def __init__(self):
        self.rows = {model._meta.db_table: self.read(model._meta.db_table) for model in KEPT}

    @staticmethod
    def read(table):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            return [column[0] for column in cursor.description], cursor.fetchall()

    def restore(self):
        with connection.cursor() as cursor:
            for table in reversed(self.rows):
                cursor.execute(f"DELETE FROM {table}")
            for table, (columns, rows) in self.rows.items():
                places = ", ".join(["%s"] * len(columns))
                names = ", ".join(f'"{name}"' for name in columns)
                for row in rows:
                    cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", row)
        return self


def restored(backup):
    backup.restore()
    out = io.StringIO()
    call_command("diaspora_restored", stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "PRIVATE_ROOT": tmp_path / "private"}


def a_day(town):
    """Of all that can be on its way: sent, under way, waiting, and not even noted yet."""
    a_told_item(town, "Poslana")
    an_item(town, a_story(town, "Na putu"))
    tell()
    let_delay_pass()
    rounds.tell()
    an_item(town, a_story(town, "Čeka"))
    tell()
    an_item(town, a_story(town, "Nezabilježena"))


def test_nothing_that_was_sent_goes_out_again(town, partner, smtp):
    a_day(town)
    backup = Backup()
    deliver_due()
    tell_and_send()
    sent = sorted(message["Subject"] for message in smtp.messages)
    assert sent == ["Na putu", "Nezabilježena", "Poslana", "Čeka"]
    said = restored(backup)
    assert said.startswith("3 deliveries of news put aside")
    assert Channel.objects.get().told == Channel.objects.get().number == 4
    for _round in range(3):
        assert tell_and_send() == 0
    assert len(smtp.messages) == 4
    states = dict(Delivery.objects.values_list("title", "state"))
    assert states.pop("Poslana") == "sent" and set(states.values()) == {"aside"}


def test_earlier_news_that_was_asked_for_is_put_aside_too(town, smtp):
    for number in range(3):
        a_told_item(town, f"Vijest {number}")
    partner = a_partner(town, daily_limit=1)
    catching_up.ask_to_catch_up(partner, since=timezone.localdate(), user=None)
    backup = Backup()
    assert tell_and_send() == 1
    restored(backup)
    assert lines() == [("new", 1, "aside")] * 3 and Partner.objects.get().catch_up_from is None
    assert tell_and_send() == 0 and len(smtp.messages) == 1


def test_the_summary_of_the_week_is_not_written_a_second_time(town, partner, smtp, monkeypatch):
    monkeypatch.setattr(weekly, "MORNING", time.min)
    a_told_item(town)
    backup = Backup()
    assert weekly.summarise() == 1 and deliver_due() == 1
    restored(backup)
    assert (weekly.summarise(), deliver_due()) == (0, 0) and len(smtp.messages) == 2


def test_what_was_put_aside_is_corrected_and_withdrawn(town, partner, smtp):
    an_item(town)
    tell()
    backup = Backup()
    let_delay_pass()
    assert rounds.tell() == 1 and deliver_due() == 1
    restored(backup)
    marking.withdraw(Item.objects.get(), note="Greška.", user=None)
    assert tell() == 1 and deliver_due() == 1
    assert lines() == [("new", 1, "aside"), ("withdrawn", 2, "sent")] and len(smtp.messages) == 2


@pytest.fixture
def desk(town, partner, smtp, client):
    for title in ("Prva", "Druga", "Treća"):
        an_item(town, a_story(town, title))
    tell()
    restored(Backup())
    return an_editor(town, client)


def test_an_editor_sees_it_and_says_what_becomes_of_each(desk, smtp):
    assert "3 deliveries were put aside" in desk.get(reverse("wagtailadmin_home")).content.decode()
    url = reverse("diaspora_newsdesk:aside")
    shown = desk.get(url).content.decode()
    assert all(title in shown for title in ("Prva", "Druga", "Treća"))
    keys = dict(Delivery.objects.values_list("title", "pk"))
    for do, title in (("again", "Prva"), ("has", "Druga"), ("drop", "Treća")):
        assert desk.post(url, {"do": do, "line": keys[title]}).status_code == 302
    assert rounds.tell() == 1 and deliver_due() == 1
    assert [message["Subject"] for message in smtp.messages] == ["Prva"]
    states = dict(Delivery.objects.values_list("title", "state"))
    assert states == {"Prva": "sent", "Druga": "confirmed", "Treća": "cancelled"}
    assert "Nothing is put aside." in desk.get(url).content.decode()
    assert desk.post(url, {"do": "else"}).status_code == 404


def test_another_towns_lines_are_not_there(desk, town):
    Delivery.objects.update(partner=a_partner(a_town("drugi.example.org")))
    url, line = reverse("diaspora_newsdesk:aside"), Delivery.objects.first()
    assert "Prva" not in desk.get(url).content.decode()
    desk.post(url, {"do": "again", "line": line.pk})
    assert set(Delivery.objects.values_list("state", flat=True)) == {"aside"}


def test_the_newsroom_itself_says_that_it_has_it(desk, partner, client):
    line = Delivery.objects.get(title="Prva")
    url = links.receipt(partner, line).removeprefix("http://primjer.example.org")
    assert client.post(url, {"do": "got"}, headers={"host": "primjer.example.org"}).status_code == 302
    line.refresh_from_db()
    assert line.state == "confirmed"
