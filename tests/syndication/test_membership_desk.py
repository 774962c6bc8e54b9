"""The hub in the admin of a municipality, which joins, hands over and leaves."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.joining import a_hub_line, a_membership
from tests.factories.syndication import a_partner, an_item
from tests.pdf import text_of
from tests.syndication.newsdesk import HOME, a_told_item, shown
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.syndication.models import Membership
from wagtail_diaspora.syndication.setup import HUB, LEDGER, MARK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def editor(town):
    return logged_in(town, HUB, LEDGER, MARK)


def desk(town):
    return reverse("diaspora_newsdesk:hub", args=[town.pk])


def test_an_address_is_pasted_and_asked_later(editor, town):
    assert editor.get(reverse("diaspora_newsdesk:hub_index"))["Location"] == desk(town)
    assert "You have not joined a hub." in shown(editor, desk(town))
    editor.post(desk(town), {"do": "join", "address": "mreza.example.org"})
    row = Membership.objects.get()
    assert (row.address, row.code, row.state) == ("https://mreza.example.org", None, "asked")
    asked = shown(editor, desk(town))
    assert (
        "The hub is being asked" in asked
        and "Take the request back" in asked
        and "Leave the hub" not in asked
    )
    code = "x" * 32
    editor.post(desk(town), {"do": "join", "address": f"https://mreza.example.org/join/#{code}"})
    row.refresh_from_db()
    assert (row.endpoint, row.code) == ("https://mreza.example.org/join/", code)
    assert code not in shown(editor, desk(town)) and row.due_at <= timezone.now()
    assert MunicipalityLogEntry.objects.filter(action="diaspora_syndication.hub_asked").count() == 2


@pytest.mark.parametrize("pasted", ["", "x y", "ftp://mreza.example.org/", "http://127.0.0.1/", "a" * 1200])
def test_what_is_no_address_is_refused_and_nothing_is_called(editor, town, pasted):
    assert editor.post(desk(town), {"do": "join", "address": pasted}).status_code == 422
    assert not Membership.objects.exists()


def test_handing_over_and_leaving(editor, town):
    row = a_membership(town, newsrooms=["a", "b"])
    joined = shown(editor, desk(town))
    assert "The hub serves 2 newsrooms." in joined and "Take the request back" not in joined
    for do, handed in (("ourselves", False), ("hand_over", True)):
        assert editor.post(desk(town), {"do": do}).status_code == 302
        row.refresh_from_db()
        assert row.hands_over is handed and row.due_at is not None
    again = editor.post(desk(town), {"do": "hand_over"}, follow=True).content.decode()
    assert "Nothing was changed" in again
    assert editor.post(desk(town), {"do": "leave"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.token) == ("left", "x" * 40)  # kept until the hub was told
    assert "Has ended" in shown(editor, desk(town))
    for do in ("burn", "", "hand_over"):
        assert editor.post(desk(town), {"do": do}).status_code == (302 if do == "hand_over" else 404)
    row.refresh_from_db()
    assert row.state == "left"


def test_a_trouble_stands_there_in_words(editor, town):
    a_membership(town, state="asked", trouble="no_hub")
    assert "No hub is named at this address." in shown(editor, desk(town))


def test_whoever_may_not_sees_and_changes_nothing(town, hub):
    row = a_membership(town, hub_name="Tajna mreža")
    own_hub = logged_in(hub, HUB)
    for client in (Client(), logged_in(town, LEDGER, MARK), own_hub):
        answer = client.get(desk(town))
        assert answer.status_code in (302, 404) and "Tajna" not in answer.content.decode()
        for do in ("leave", "ourselves", "join"):
            assert client.post(desk(town), {"do": do, "address": "https://x.example.org"}).status_code in (
                302,
                404,
            )
    row.refresh_from_db()
    assert (row.state, row.hands_over) == ("member", True)
    assert own_hub.get(desk(hub)).status_code == 404  # a hub joins no hub


def test_silence_of_a_day_is_red_on_the_home_panel(editor, town):
    row = a_membership(town)
    assert "Nothing has been heard" not in shown(editor, HOME)
    Membership.objects.update(last_heard_at=timezone.now() - timedelta(days=1.1))
    words = shown(editor, HOME)
    assert "help-critical" in words and "Nothing has been heard from the hub (Mreža Primjer)" in words
    assert desk(town) in words
    Membership.objects.filter(pk=row.pk).update(hands_over=False)
    assert "Nothing has been heard" not in shown(editor, HOME)


def test_the_hubs_lines_stand_in_the_item_the_report_and_the_home_panel(editor, town):
    row, item = a_membership(town), an_item(town)
    a_hub_line(row, item)
    page = town.site.root_page.get_children().get(translation_key=item.translation_key)
    words = shown(editor, reverse("diaspora_newsdesk:page", args=[page.pk]))
    assert "Radio Daleko, through Mreža Primjer" in words and "sent" in words
    report = reverse("diaspora_news_hub_ledger")
    assert report in shown(editor, reverse("diaspora_news_ledger"))
    assert "Radio Daleko" in shown(editor, report)
    file = editor.get(report, {"export": "csv"})
    assert b"Radio Daleko" in b"".join(file.streaming_content)
    assert "Radio Daleko" not in shown(editor, HOME)
    a_hub_line(row, item, state="bounced", bounced_at=timezone.now(), newsroom="Radio Pad", version=2)
    assert "1 delivery through the hub did not get there" in shown(editor, HOME)
    assert "Radio Pad" in shown(editor, HOME)
    a_hub_line(row, item, version=3)
    assert "Radio Pad" not in shown(editor, HOME)  # a newer version went out since


def test_others_do_not_see_the_hubs_lines(town, hub):
    a_hub_line(a_membership(town), an_item(town), newsroom="Radio Tajno")
    report = reverse("diaspora_news_hub_ledger")
    assert "Radio Tajno" not in shown(logged_in(hub, LEDGER), report)
    assert logged_in(town, HUB, MARK).get(report).status_code == 302


def test_the_hubs_lines_cost_the_same_for_one_and_three(editor, town):
    row, item = a_membership(town), an_item(town)
    page = town.site.root_page.get_children().get(translation_key=item.translation_key)
    desk_of_page = reverse("diaspora_newsdesk:page", args=[page.pk])
    places = (desk_of_page, reverse("diaspora_news_hub_ledger"), HOME)
    a_hub_line(row, item, newsroom="Radio 0", state="bounced")
    before = [cost_of(editor, url) for url in places]
    for number in (1, 2):
        a_hub_line(row, item, newsroom=f"Radio {number}", mailbox=f"{number}", state="bounced")
    assert [cost_of(editor, url) for url in places] == before


def cost_of(client, url):
    """In queries; what is asked once for a process is asked before."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def test_the_months_proof_counts_what_went_through_the_hub(editor, town, smtp):
    partner = a_partner(town, name="Radio Blizu")
    item = a_told_item(town)
    row = a_membership(town)
    a_hub_line(row, item, title="Most je otvoren")
    a_hub_line(row, item, state="cancelled", newsroom="Radio Nikad")
    asked = {"municipality": town.pk, "month": f"{timezone.localdate():%Y-%m}", "language": "en"}
    paper = editor.get(reverse("diaspora_newsdesk:proof"), asked)
    text = text_of(paper.content)
    words = re.sub(r"\s+", " ", text)
    assert partner.name in words and "Radio Nikad" not in words
    assert "Radio Daleko, through Mreža Primjer" in words
    assert "Items of news 1" in words and "Newsrooms 2" in words and "Deliveries 2" in words
    assert "through Mreža Primjer 1" in words
