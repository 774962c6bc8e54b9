"""What an editor sees of partners, and does about them."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories.municipalities import user_with
from tests.factories.syndication import a_partner, a_story, a_town, an_item
from tests.host.models import BlogPage
from tests.syndication.newsdesk import a_told_item, an_editor, let_delay_pass, lines, tell
from wagtail_diaspora.municipalities import exports
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.syndication.actions import catching_up, publishing, rounds, sending
from wagtail_diaspora.syndication.models import Delivery, Edition, Partner
from wagtail_diaspora.syndication.setup import MARK

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(town, client):
    return an_editor(town, client)


def page_of(item):
    return reverse("diaspora_newsdesk:page", args=[item.editions.get().page_id])


def form_of(town, **changes):
    facts = {"municipality": town.pk, "name": "Radio Novi", "email": "novi@radio.example.com"}
    return {**facts, "way": "mail", "pace": "immediate", "daily_limit": 20, "script": "published", **changes}


def text(answer):
    return answer.content.decode()


def test_a_new_partner_is_asked_to_confirm(town, editor, smtp):
    answer = editor.post(reverse("diaspora_partner:add"), form_of(town, languages=["bs"]))
    assert answer.status_code == 302, text(answer)
    partner = Partner.objects.get()
    assert (partner.state, partner.languages) == ("invited", ["bs"])
    assert deliver_due() == 1 and smtp.messages[0]["To"] == "novi@radio.example.com"
    a_told_item(town)
    assert not Delivery.objects.exists()


def test_the_same_mailbox_is_one_partner(town, editor, partner):
    answer = editor.post(reverse("diaspora_partner:add"), form_of(town, email=partner.email.upper()))
    assert answer.status_code == 200 and Partner.objects.count() == 1


def test_another_mailbox_has_to_be_confirmed(town, editor, partner, smtp):
    url = reverse("diaspora_partner:edit", args=[partner.pk])
    editor.post(url, form_of(town, email=partner.email, name="Drugo ime"))
    assert Partner.objects.get().state == "confirmed"
    editor.post(url, form_of(town, email="drugi@radio.example.com"))
    now = Partner.objects.get()
    assert (now.state, now.generation) == ("invited", 2)
    assert deliver_due() == 1 and smtp.messages[0]["To"] == "drugi@radio.example.com"


def test_a_partner_with_deliveries_is_ended_and_not_deleted(town, editor, partner, smtp):
    a_told_item(town)
    editor.post(reverse("diaspora_partner:delete", args=[partner.pk]))
    assert Partner.objects.exists() and Delivery.objects.exists()


def test_the_page_of_a_partner_pauses_it_and_renews_its_links(editor, partner):
    url = reverse("diaspora_newsdesk:partner", args=[partner.pk])
    for do, state in (("pause", "paused"), ("resume", "confirmed"), ("links", "confirmed"), ("end", "ended")):
        assert editor.post(url, {"do": do}).status_code == 302
        assert Partner.objects.get().state == state
    assert Partner.objects.get().generation == 2
    assert editor.post(url, {"do": "resume"}).status_code == 302
    assert Partner.objects.get().state == "ended", "only the newsroom itself comes back"
    logged = MunicipalityLogEntry.objects.values_list("action", flat=True)
    assert {"diaspora_syndication.partner_paused", "diaspora_syndication.partner_links"} <= set(logged)


def test_the_first_day_of_earlier_news_is_chosen_from_a_calendar(editor, partner):
    shown = text(editor.get(reverse("diaspora_newsdesk:partner", args=[partner.pk])))
    assert "initDateChooser" in shown and "date-time-chooser.js" in shown


def test_a_new_partner_gets_what_it_missed_once(town, editor, smtp):
    for number in range(2):
        a_told_item(town, f"Vijest {number}")
    late = a_partner(town)
    url = reverse("diaspora_newsdesk:partner", args=[late.pk])
    today = timezone.localdate()
    assert editor.post(url, {"do": "period", "since": today - timedelta(days=100)}).status_code == 422
    assert editor.post(url, {"do": "period", "since": today.isoformat()}).status_code == 302
    assert rounds.tell() == 2 and deliver_due() == 2
    assert [message["Subject"] for message in smtp.messages] == ["Vijest 0", "Vijest 1"]
    catching_up.ask_to_catch_up(late, since=today, user=None)
    assert rounds.tell() == 0 and Partner.objects.get().catch_up_from is None


def earlier(town, count):
    """News that was public before there was any partner."""
    for number in range(count):
        an_item(town, a_story(town, f"Vijest {number}"))
    tell()


def progress():
    return Partner.objects.values_list("catch_up_done", "catch_up_total", "catch_up_from").get()


def test_earlier_news_comes_in_portions_to_the_end_and_says_how_far_it_is(town, editor, smtp):
    earlier(town, 5)
    late = a_partner(town, daily_limit=2)
    url, today = reverse("diaspora_newsdesk:partner", args=[late.pk]), timezone.localdate()
    editor.post(url, {"do": "period", "since": today.isoformat()})
    assert "It is being counted." in text(editor.get(url))
    assert (rounds.tell(), rounds.tell()) == (2, 0) and progress() == (2, 5, today)
    assert "2 of 5" in text(editor.get(url)) and deliver_due() == 2
    a_told_item(town, "Današnja")
    assert Delivery.objects.get(title="Današnja").state == "waiting"
    for sent in (2, 2):
        yesterday = timezone.now() - timedelta(days=1)
        Delivery.objects.exclude(state="waiting").update(posted_at=yesterday, sent_at=yesterday)
        let_delay_pass()
        assert rounds.tell() + rounds.tell() == sent and deliver_due() == sent
    assert smtp.messages[2]["Subject"] == "Današnja", "what happens today goes first"
    assert sorted(message["Subject"] for message in smtp.messages if message["Subject"] != "Današnja") == [
        f"Vijest {number}" for number in range(5)
    ]
    assert rounds.tell() == 0 and Partner.objects.get().catch_up_from is None


def test_more_than_a_round_takes_is_taken_by_the_next_ones(town, smtp, monkeypatch):
    monkeypatch.setattr(catching_up, "AT_MOST", 2)
    earlier(town, 5)
    reader = a_partner(town, way="feed")
    catching_up.ask_to_catch_up(reader, since=timezone.localdate(), user=None)
    for done in (2, 4):
        rounds.tell()
        assert progress()[:2] == (done, 5)
    rounds.tell()
    assert lines() == [("new", 1, "waiting")] * 5 and Partner.objects.get().catch_up_from is None


def test_earlier_news_for_the_mail_of_the_day_waits_for_mornings(town, smtp, monkeypatch):
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    earlier(town, 3)
    late = a_partner(town, pace="daily")
    catching_up.ask_to_catch_up(late, since=timezone.localdate(), user=None)
    assert (rounds.tell(), rounds.tell()) == (0, 0) and lines() == [("new", 1, "waiting")] * 2
    let_delay_pass()
    assert rounds.tell() == 1 and lines().count(("new", 1, "under_way")) == 2


def test_an_editor_stops_it_and_what_is_not_wanted_does_not_count(town, editor, smtp):
    earlier(town, 3)
    late = a_partner(town, daily_limit=1, languages=["bs"])
    Edition.objects.filter(content__title="Vijest 0").update(language="en")
    catching_up.ask_to_catch_up(late, since=timezone.localdate(), user=None)
    assert rounds.tell() == 1 and progress()[:2] == (1, 2)
    editor.post(reverse("diaspora_newsdesk:partner", args=[late.pk]), {"do": "stop"})
    Delivery.objects.update(posted_at=None, sent_at=None)
    assert rounds.tell() == 0 and Delivery.objects.count() == 1


def test_the_page_of_an_item_says_what_partners_got_in_words(town, editor, partner, smtp):
    item = a_told_item(town)
    shown = text(editor.get(page_of(item)))
    assert partner.name in shown and "icon-mail" in shown
    ledger = shown.partition('id="diaspora-news-ledger')[2]
    assert "sent" in ledger.partition("</table>")[0]
    smtp.reject = "550 5.1.1 no such user"
    gap = a_told_item(town, "Druga")
    shown = text(editor.get(page_of(gap)))
    assert 'class="diaspora-news-gap"' in shown and "icon-warning" in shown


def test_an_editor_undoes_on_the_page_until_it_has_left(town, editor, partner, smtp):
    item = an_item(town)
    tell()
    url = page_of(item)
    assert 'value="undo"' in text(editor.get(url))
    editor.post(url, {"do": "undo"})
    assert lines() == [("new", 1, "cancelled")] and 'value="undo"' not in text(editor.get(url))
    let_delay_pass()
    assert rounds.tell() == 0


def test_what_bounced_goes_out_again_and_what_is_confirmed_does_not(town, editor, smtp):
    for number in range(3):
        a_partner(town, email=f"{number}@radio.example.com")
    smtp.reject = "550 5.1.1 no such user"
    item = a_told_item(town)
    assert {state for _kind, _version, state in lines()} == {"bounced"}
    smtp.reject = None
    Delivery.objects.filter(partner__email__startswith="0").reach("confirmed")
    chosen = list(Delivery.objects.values_list("pk", flat=True))
    editor.post(page_of(item), {"do": "again", "line": chosen})
    assert rounds.tell() == 2 and deliver_due() == 2
    assert sorted(state for _kind, _version, state in lines()) == ["confirmed", "sent", "sent"]
    assert Delivery.objects.count() == 3


def test_a_gap_is_closed_by_a_newer_version_that_went_out(town, editor, partner, smtp):
    smtp.reject = "550 5.1.1 no such user"
    item = a_told_item(town)
    smtp.reject = None
    BlogPage.objects.update(intro="Drugo.")
    publishing.reconcile_all()
    assert Delivery.objects.gaps().count() == 1
    editor.post(page_of(item), {"do": "again", "line": [Delivery.objects.get().pk]})
    assert rounds.tell() == 1 and deliver_due() == 1
    assert lines() == [("new", 1, "bounced"), ("new", 2, "sent")]
    assert Delivery.objects.gaps().count() == 0


def test_another_items_lines_are_not_sent_again_from_here(town, editor, partner, smtp):
    first, second = a_told_item(town), a_told_item(town, "Druga")
    line = Delivery.objects.get(edition__item=second)
    editor.post(page_of(first), {"do": "again", "line": [line.pk, "x"]})
    assert rounds.tell() == 0


def test_the_ledger_is_filtered_and_exported(town, editor, partner, smtp):
    a_told_item(town, "=1+1")
    other = a_town("drugi.example.org")
    a_partner(other)
    a_told_item(other, "Tuđa vijest")
    url = reverse("diaspora_news_ledger")
    shown = text(editor.get(url))
    assert "=1+1" in shown and "Tuđa vijest" not in shown
    assert "=1+1" not in text(editor.get(url, {"state": "bounced"}))
    answer = editor.get(url, {"export": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert len(rows) == 2 and rows[0][0] == "Headline"
    assert len(rows) == 2 and rows[1][0] == "'=1+1" and "sent" in rows[1]
    answer = editor.get(url, {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    headings, line = ([cell.value for cell in row] for row in sheet)
    assert headings == rows[0] and line[:3] == ["=1+1", "bs", 1]
    assert line[3:7] == rows[1][3:7] == ["New", "Radio Primjer", "By e-mail", "sent"]


def test_gaps_are_red_on_the_editors_home(town, editor, partner, smtp):
    assert "No delivery has come back." in text(editor.get(reverse("wagtailadmin_home")))
    smtp.reject = "550 5.1.1 no such user"
    a_told_item(town)
    home = text(editor.get(reverse("wagtailadmin_home")))
    assert "1 delivery did not get there:" in home and partner.name in home


def test_who_has_no_right_sees_no_partner(town, partner, client):
    user = user_with(MARK, municipality=town)
    user.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    for name, args in (
        ("diaspora_partner:index", []),
        ("diaspora_newsdesk:partner", [partner.pk]),
        ("diaspora_news_ledger", []),
        ("diaspora_newsdesk:proof", []),
    ):
        assert client.get(reverse(name, args=args)).status_code == 302, name


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_costs_the_same_for_one_and_three(
    town, editor, partner, smtp, count, django_assert_num_queries
):
    for number in range(count):
        item = a_told_item(town, f"Vijest {number}")
        a_partner(town)
    costs = {page_of(item): 20, reverse("diaspora_news_ledger"): 13, reverse("wagtailadmin_home"): 27}
    for url, queries in costs.items():
        editor.get(url)
        with django_assert_num_queries(queries):
            editor.get(url)


def test_a_long_ledger_is_exported_in_portions_in_its_order(town, editor, partner, smtp, monkeypatch):
    monkeypatch.setattr(exports, "PORTION", 2)
    for title in ("Prva", "Druga", "Treća"):
        a_told_item(town, title)
    asked = {"export": "csv", "ordering": "created_at"}
    with CaptureQueriesContext(connection) as queries:
        content = b"".join(editor.get(reverse("diaspora_news_ledger"), asked).streaming_content).decode()
    assert [row[0] for row in csv.reader(io.StringIO(content))][1:] == ["Prva", "Druga", "Treća"]
    read = [query["sql"] for query in queries if '"diaspora_syndication_delivery"."title"' in query["sql"]]
    assert len(read) == 2 and not any('_edition"."content"' in sql for sql in read)


@pytest.mark.parametrize(("state", "icon"), [("bounced", "warning"), ("sent", "mail"), ("aired", "success")])
def test_a_state_stays_beside_its_icon(state, icon):
    """In a narrow column the word would run below it."""
    shown = render_to_string("diaspora_syndication/desk/state.html", {"line": Delivery(state=state)})
    assert f'<span class="w-flex w-items-center w-gap-1"><svg class="icon icon-{icon}' in shown
    assert ("<strong" in shown) == (state == "bounced")
