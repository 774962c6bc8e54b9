"""What a hub's editor sees of news that was passed on."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.remote import a_remote_item, at_once
from tests.factories.syndication import a_partner, a_town
from tests.syndication.newsdesk import let_delay_pass, lines, tell_and_send
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.syndication.actions import moderating, passing, rounds
from wagtail_diaspora.syndication.models import Delivery, Item
from wagtail_diaspora.syndication.setup import LEDGER, MARK, OTHERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LIST = "/admin/diaspora_remote_item/"


@pytest.fixture
def source(hub):
    return at_once(hub, "https://drugi.example.org/feed", starts_anew=False)


@pytest.fixture
def item(source):
    a_remote_item(source)
    passing.pass_on(source)
    return Item.objects.get()


@pytest.fixture
def editor(hub):
    return logged_in(hub, MARK, LEDGER, OTHERS)


def ledger(item):
    return reverse("diaspora_newsdesk:passed", args=[item.pk])


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_list_says_what_was_passed_on_and_leads_to_its_ledger(hub, source, item, editor, smtp):
    a_remote_item(source, 2, state="waiting")
    a_partner(hub)
    page = text(editor.get(LIST))
    assert page.count(ledger(item)) == 1 and "Passed on, In the feeds: Vijest 1" in page
    tell_and_send()
    page = text(editor.get(ledger(item)))
    assert "Općina Drugi has published it." in page and "Radio Primjer" in page and "sent" in page
    moderating.hide([item.remote], user=None)
    assert "Passed on, Withdrawn: Vijest 1" in text(editor.get(LIST))
    assert "Vijest 1" in text(editor.get(ledger(item)))


def test_it_is_undone_and_sent_again_there(hub, item, editor, smtp):
    a_partner(hub)
    rounds.tell()
    editor.post(ledger(item), {"do": "undo"})
    assert lines() == [("new", 1, "cancelled")]
    editor.post(ledger(item), {"do": "again", "line": [Delivery.objects.get().pk]})
    let_delay_pass()
    rounds.tell()
    assert deliver_due() == 1 and len(smtp.messages) == 1
    assert editor.post(ledger(item), {"do": "withdraw"}).status_code == 404


def test_the_report_and_the_home_lead_there(hub, item, editor, smtp):
    a_partner(hub)
    smtp.reject = "550 5.1.1 no such user"
    tell_and_send()
    for address in (reverse("diaspora_news_ledger"), "/admin/"):
        assert ledger(item) in text(editor.get(address))


def test_what_made_room_is_still_known_by_its_ledger(hub, item, editor, smtp):
    a_partner(hub)
    tell_and_send()
    item.remote.delete()
    assert "Vijest 1" in text(editor.get(ledger(item)))


def test_others_do_not_see_it(hub, item, smtp):
    a_partner(hub)
    tell_and_send()
    stranger = logged_in(a_town("treci.example.org"), MARK, LEDGER, OTHERS)
    assert stranger.get(ledger(item)).status_code == 404
    moderator = logged_in(hub, OTHERS)
    assert ledger(item) not in text(moderator.get(LIST))
    for client in (moderator, Client()):
        assert client.get(ledger(item)).status_code == 302
        client.post(ledger(item), {"do": "undo"})
    assert lines() == [("new", 1, "sent")]


def test_an_item_with_a_page_has_its_ledger_at_the_page(hub, editor):
    from tests.factories.syndication import a_story, an_item

    own = an_item(hub, a_story(hub))
    rounds.publish()
    assert editor.get(ledger(own)).status_code == 404


def test_the_list_does_not_ask_more_for_more(source, editor):
    counts = []
    for number in range(1, 4):
        a_remote_item(source, number)
        passing.pass_on(source)
        editor.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            text(editor.get(LIST))
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_the_switch_is_on_the_page_of_the_source(hub, source, item):
    admin = logged_in(hub, "diaspora_syndication.change_remotesource")
    said = {"feed_url": source.feed_url, "rule": "at_once", "passed_on": "no"}
    page = f"/admin/diaspora_remote_source/edit/{source.pk}/"
    assert "As usual: a network does so, a municipality does not" in text(admin.get(page))
    assert admin.post(page, said).status_code == 302
    assert rounds.publish() == 1 and item.editions.get().state == "withdrawn"
