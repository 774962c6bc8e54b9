"""The hub in the admin: a municipality joins, hands over and leaves; a hub invites, says yes, removes."""

import io
import re
from datetime import timedelta

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.joining import a_hub_line, a_member, a_membership
from tests.factories.syndication import a_hub, a_partner, an_item
from tests.syndication.newsdesk import a_told_item
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.syndication.actions import joining
from wagtail_diaspora.syndication.models import Member, Membership, RemoteSource
from wagtail_diaspora.syndication.setup import HUB, LEDGER, MARK, MEMBERS, SOURCES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

DAY = timedelta(days=1)
HOME = "/admin/"


@pytest.fixture
def editor(town):
    return logged_in(town, HUB, LEDGER, MARK)


@pytest.fixture
def hub(db):
    return a_hub()


@pytest.fixture
def keeper(hub):
    return logged_in(hub, *MEMBERS, MARK)


def desk(town):
    return reverse("diaspora_newsdesk:hub", args=[town.pk])


def page_of(member):
    return reverse("diaspora_newsdesk:member", args=[member.pk])


def shown(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


# The municipality


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
    Membership.objects.update(last_heard_at=timezone.now() - DAY * 1.1)
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
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.content)).pages)
    words = re.sub(r"\s+", " ", text)
    assert partner.name in words and "Radio Nikad" not in words
    assert "Radio Daleko, through Mreža Primjer" in words
    assert "Items of news 1" in words and "Newsrooms 2" in words and "Deliveries 2" in words
    assert "through Mreža Primjer 1" in words


# The hub


def test_a_municipality_is_invited_by_mail(keeper, hub):
    assert '<option value="bs" selected>' in keeper.get("/admin/diaspora_member/new/").content.decode()
    said = {"municipality": hub.pk, "name": "Grad Drugi", "email": "drugi@example.org", "language": "de"}
    assert keeper.post("/admin/diaspora_member/new/", {**said, "rule": "at_once"}).status_code == 302
    member, mail = Member.objects.get(), Message.objects.get()
    assert (member.state, member.rule, mail.recipient) == ("invited", "at_once", "drugi@example.org")
    assert "/diaspora/invitation/" in mail.payload["text"] and mail.scope == hub.scope
    listed = shown(keeper, "/admin/diaspora_member/")
    assert "Grad Drugi" in listed and "Invite a municipality" in listed
    link = re.search(r"/diaspora/invitation/\S+", mail.payload["text"])[0]
    assert Client().get(link).status_code == 200
    assert keeper.post(page_of(member), {"do": "again"}).status_code == 302
    assert Client().get(link).status_code == 404 and Message.objects.count() == 2
    assert keeper.post(page_of(member), {"do": "withdraw"})["Location"] == "/admin/diaspora_member/"
    assert not Member.objects.exists()


def test_only_a_hub_invites(town):
    client = logged_in(town, *MEMBERS)
    said = {
        "municipality": town.pk,
        "name": "x",
        "email": "x@example.org",
        "language": "de",
        "rule": "at_once",
    }
    assert client.post("/admin/diaspora_member/new/", said).status_code in (200, 422)
    assert not Member.objects.exists()


@pytest.mark.parametrize(("do", "state"), [("accept", "joined"), ("refuse", "refused")])
def test_a_person_says_yes_or_no(keeper, hub, do, state):
    member = a_member(hub, state="asks", site_url="https://grad.example.org")
    words = shown(keeper, HOME)
    assert "1 municipality asks to join the hub" in words
    assert "https://grad.example.org" in shown(keeper, page_of(member))
    assert Member.objects.get().state == "asks"  # looking changed nothing
    assert keeper.post(page_of(member), {"do": do, "rule": "after_a_look"}).status_code == 302
    member.refresh_from_db()
    assert (member.state, member.rule if do == "accept" else "") == (
        state,
        "after_a_look" if do == "accept" else "",
    )
    assert member.due_at <= timezone.now() and Message.objects.count() == 0
    for do_also in ("refuse", "accept"):
        said = {"do": do_also, "rule": "at_once"}
        again = keeper.post(page_of(member), said, follow=True).content.decode()
        assert "Nothing was changed" in again
    member.refresh_from_db()
    assert member.state == state


def test_a_member_is_removed(keeper, hub):
    source = RemoteSource.objects.create(municipality=hub, feed_url="https://grad.example.org/feed")
    facts = {"state": "joined", "source": source, "confirmed_at": timezone.now(), "token_hash": "x"}
    member = a_member(hub, **facts)
    words = shown(keeper, page_of(member))
    assert "Its website speaks with ours" in words and "End the membership" in words
    assert "Go on reading its news" in words
    assert keeper.post(page_of(member), {"do": "remove"}).status_code == 302
    member.refresh_from_db()
    source.refresh_from_db()
    assert (member.state, member.token_hash, source.takes_new) == ("left", "", False)


def test_whoever_may_not_decides_nothing_at_the_hub(town, hub):
    member = a_member(hub, name="Grad Tajni", state="asks")
    for client in (Client(), logged_in(hub, MARK, LEDGER), logged_in(town, *MEMBERS)):
        for url in (page_of(member), "/admin/diaspora_member/", HOME):
            assert "Tajni" not in client.get(url).content.decode()
        for do in ("accept", "refuse", "remove", "withdraw", "again"):
            assert client.post(page_of(member), {"do": do, "rule": "at_once"}).status_code in (302, 404)
    assert Member.objects.get().state == "asks"


def test_requests_are_capped_and_expire(hub, monkeypatch):
    monkeypatch.setattr(joining, "PENDING", 1)
    said = {"name": "Grad", "email": "x@example.org", "nonce": "n" * 40}

    def ask(host):
        at = {name: f"https://{host}/{name}" for name in ("feed", "callback")}
        where = reverse("diaspora_syndication:join", args=[hub.code])
        site = {"site": f"https://{host}", **at}
        return Client().post(where, {**said, **site}, content_type="application/json").status_code

    assert [ask("a.example.org"), ask("a.example.org"), ask("b.example.org")] == [202, 202, 429]
    Member.objects.update(state_at=timezone.now() - 61 * DAY)
    assert joining.expire() == 1 and ask("b.example.org") == 202


def test_a_forged_request_does_not_take_the_place_of_one_that_waits(hub):
    """Who asks first is called back; the same website may ask again."""
    said = {"name": "Grad", "email": "x@example.org", "site": "https://grad.example.org"}
    said["feed"] = "https://grad.example.org/feed"
    where = reverse("diaspora_syndication:join", args=[hub.code])

    def ask(callback, nonce):
        at = {"callback": f"https://grad.example.org/{callback}", "nonce": nonce * 40}
        return Client().post(where, {**said, **at}, content_type="application/json").status_code

    assert [ask("own", "a"), ask("forged", "f"), ask("own", "b")] == [202, 409, 202]
    member = Member.objects.get()
    assert (member.callback, member.nonce) == ("https://grad.example.org/own", "b" * 40)
    joining.refuse(member, user=None)
    assert ask("new", "n") == 202 and ask("own", "c") == 409
    Member.objects.update(state_at=timezone.now() - timedelta(days=1))
    assert ask("own", "c") == 202


def test_whose_source_is_deleted_is_no_member_any_more_and_the_log_says_so(hub):
    client = logged_in(hub, *MEMBERS, *SOURCES)
    source = RemoteSource.objects.create(municipality=hub, feed_url="https://grad.example.org/feed")
    facts = {"state": "joined", "source": source, "confirmed_at": timezone.now(), "token_hash": "x"}
    member = a_member(hub, nonce="n" * 40, callback="https://grad.example.org/c", **facts)
    assert client.post(f"/admin/diaspora_remote_source/delete/{source.pk}/").status_code == 302
    member.refresh_from_db()
    assert (member.state, member.token_hash, member.source) == ("left", "", None)
    assert member.due_at is not None  # its website is told
    entry = MunicipalityLogEntry.objects.get(action="diaspora_syndication.member_removed")
    assert entry.user is not None and entry.municipality == hub


def test_a_hub_is_deleted_with_its_members(hub):
    source = RemoteSource.objects.create(municipality=hub, feed_url="https://grad.example.org/feed")
    a_member(hub, state="joined", source=source)
    hub.delete()
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"[]",
        b"{",
        b"{}",
        b"x" * 300_000,
        {"site": "https://127.0.0.1"},
        {"feed": "https://other.example.org/feed"},
        {"callback": "http://grad.example.org/c"},
        {"nonce": "short"},
        {"name": ["x"]},
        {"email": "x"},
        {"site": "ftp://grad.example.org"},
    ],
)
def test_what_cannot_be_is_refused(hub, wrong):
    said = {"name": "Grad", "email": "x@example.org", "nonce": "n" * 40, "site": "https://grad.example.org"}
    said |= {"feed": "https://grad.example.org/feed", "callback": "https://grad.example.org/c"}
    body = wrong if isinstance(wrong, bytes) else {**said, **wrong}
    where = reverse("diaspora_syndication:join", args=[hub.code])
    assert Client().post(where, body, content_type="application/json").status_code == 400
    assert not Member.objects.exists()


def test_nobody_joins_what_is_no_hub(town):
    where = reverse("diaspora_syndication:join", args=[town.code])
    assert Client().get(where).status_code == Client().post(where).status_code == 404


def test_the_hubs_own_page_says_what_it_is_and_where_to_ask(hub):
    where = reverse("diaspora_syndication:join", args=[hub.code])
    answer = Client().get(where, headers={"accept-language": "en"})
    address = f"http://mreza.example.org{where}"
    assert address in answer.content.decode() and answer["Link"] == f'<{address}>; rel="diaspora-hub"'


def test_questions_of_one_network_are_limited(hub, settings):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "RATE_LIMITS": {"chain": (1, 3600)}}
    where = reverse("diaspora_syndication:chain")
    assert [Client().get(where).status_code for _turn in range(2)] == [401, 429]
