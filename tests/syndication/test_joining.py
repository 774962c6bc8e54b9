"""A municipality joins a hub and leaves it, over real HTTP; who tells newsrooms, and what is seen of it."""

import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from tests.factories.joining import a_member
from tests.factories.syndication import a_hub, a_partner, a_story, a_town, an_item
from tests.syndication.newsdesk import a_told_item, let_delay_pass, lines, tell, tell_and_send
from tests.syndication.web import Page
from wagtail_diaspora.municipalities.models import Municipality, MunicipalityLogEntry
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.syndication import links
from wagtail_diaspora.syndication.actions import (
    catching_up,
    hub_lines,
    invitations,
    joining,
    marking,
    members,
    membership,
    membership_rounds,
    moderating,
    polling,
    rounds,
)
from wagtail_diaspora.syndication.actions.senders import mailbox_digest
from wagtail_diaspora.syndication.models import (
    Delivery,
    HubLine,
    Member,
    Membership,
    RemoteSource,
    turns,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_to_loopback")]

RADIO = "vijesti@radio.example.com"


@pytest.fixture
def open_to_loopback(settings, monkeypatch):
    allowed = ("127.0.0.1", "::1")
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "FETCH_ALLOWED_ADDRESSES": allowed}
    monkeypatch.setattr(polling, "PAUSE", 0.0)
    monkeypatch.setattr(hub_lines, "SETTLED", timedelta(0))


def served(live_server, town):
    """Its website is this very server."""
    town.site.port = live_server.thread.port
    town.site.save()
    return town


@pytest.fixture
def hub(live_server, open_to_loopback):
    Site.objects.all().delete()
    hub = a_hub("127.0.0.1")
    Municipality.objects.filter(pk=hub.pk).update(name={"bs": "Mreža Primjer"})
    return served(live_server, Municipality.objects.get(pk=hub.pk))


@pytest.fixture
def town(live_server, hub):
    return served(live_server, a_town("localhost", code="primjer"))


def clock(rounds=3):
    """Both sides say what they have to say, as the clock has them do it."""
    for _round in range(rounds):
        members.call_members()
        membership_rounds.call_hubs()


def call_now():
    """The next round does not wait for its moment."""
    Membership.objects.filter(state="member").update(due_at=timezone.now())
    clock()


def read_town():
    """The hub reads its sources, shows what is new, and passes it on."""
    RemoteSource.objects.update(next_due_at=timezone.now())
    rounds.read_others()


def make_old():
    """As lines are that were committed a while ago."""
    Delivery.objects.update(noted_at=timezone.now() - timedelta(minutes=5))


def second_passes():
    """Feeds say whole seconds, and a channel's stamps rise by one at least."""
    time.sleep(2 - time.time() % 1)


def joined(hub, town):
    """By a code, which is as good as a yes."""
    member = a_member(hub, invited_at=timezone.now())
    membership.join(town, invitations.show_code(member), user=None)
    clock()
    return Member.objects.get(), Membership.objects.get()


def states():
    return Member.objects.get().state, Membership.objects.get().state


def mails_about(smtp, words):
    """To the radio station."""
    mails = [mail for mail in smtp.messages if mail["To"].casefold() == RADIO]
    return [mail for mail in mails if words in str(mail["Subject"])]


# Joining


def test_an_address_is_pasted_and_a_person_says_yes(hub, town):
    membership.join(town, f"{hub.root_url}/diaspora/join/{hub.code}/", user=None)
    clock()
    assert states() == ("asks", "waiting") and not RemoteSource.objects.exists()
    member = Member.objects.get()
    assert (member.name, member.site_url) == ("Grad Primjer", town.root_url)
    assert joining.accept(member, rule="at_once", user=None)
    assert not RemoteSource.objects.exists()  # before its website has confirmed it
    clock()
    assert states() == ("joined", "member")
    source, row = RemoteSource.objects.get(), Membership.objects.get()
    assert source.feed_url == f"{town.root_url}/diaspora/feeds/primjer/bs/all/feed.json"
    assert (source.rule, source.state, row.hub_name) == ("at_once", "active", "Mreža Primjer")
    actions = set(MunicipalityLogEntry.objects.values_list("action", flat=True))
    said = ("hub_asked", "member_accepted", "member_joined", "hub_joined")
    assert {f"diaspora_syndication.{name}" for name in said} <= actions


def test_an_invitation_joins_by_itself(hub, town, smtp):
    member = a_member(hub, name="Općina Primjer", email="pozvan@example.org")
    invitations.invite(member, user=None)
    deliver_due()
    words = smtp.latest_to("pozvan@example.org").get_body(("plain",)).get_content()
    link = re.search(r"http\S+/diaspora/invitation/\S+", words)[0]
    assert link == links.invitation(Member.objects.get())
    path, browser = link.removeprefix(hub.root_url), Client(enforce_csrf_checks=True)
    shown = browser.get(path)
    assert (
        shown.status_code == 200
        and shown["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    )
    assert Member.objects.get().code_hash == ""  # opening the link changed nothing
    answer = Client().post(path, {"do": "code"}).content.decode()
    code = re.search(r"<code>(\S+)</code>", answer)[1]
    assert code.partition("#")[2] not in Client().get(path).content.decode()
    membership.join(town, code, user=None)
    clock()
    assert states() == ("joined", "member") and Member.objects.get().name == "Općina Primjer"
    assert Member.objects.get().code_hash == "" and Membership.objects.get().code is None


def test_a_website_of_any_kind_joins_by_its_address(hub):
    member = a_member(hub, invited_at=timezone.now(), rule="at_once")
    path = links.invitation(member).removeprefix(hub.root_url)
    assert Client().post(path, {"address": "http://10.0.0.1/"}).status_code == 422
    assert Client().post(path, {"address": "https://opcina.example.org/"}).status_code == 302
    member, source = Member.objects.get(), RemoteSource.objects.get()
    assert (member.state, member.source, member.token_hash) == ("joined", source, "")
    assert (source.feed_url, source.rule) == ("https://opcina.example.org/", "at_once")
    assert "diaspora-done" in Client().get(path).content.decode()


def test_the_first_page_of_the_hub_names_where_one_asks(hub, town, web):
    endpoint = f"{hub.root_url}/diaspora/join/{hub.code}/"
    head = f'<html><head><link rel="diaspora-hub" href="{endpoint}"></head></html>'
    web.pages["/"] = Page(head.encode())
    membership.join(town, web.url("/"), user=None)
    clock()
    assert states() == ("asks", "waiting") and Membership.objects.get().endpoint == endpoint


@pytest.mark.parametrize(
    ("page", "trouble"),
    [(Page(b"<html></html>"), "no_hub"), (Page(status=404), "no_hub"), (None, "not_reached")],
)
def test_where_no_hub_is_the_reason_is_kept(town, web, page, trouble):
    web.pages["/"] = page
    address = web.url("/")
    if page is None:
        web.shutdown()
        web.server_close()
    membership.join(town, address, user=None)
    clock(1)
    row = Membership.objects.get()
    assert (row.state, row.trouble, row.failures) == ("asked", trouble, 1) and row.due_at > timezone.now()


def test_a_code_serves_once_and_not_for_ever(hub, town):
    member = a_member(hub, invited_at=timezone.now())
    first, second = invitations.show_code(member), invitations.show_code(member)
    membership.join(town, first, user=None)
    clock()
    assert states() == ("invited", "asked") and Membership.objects.get().trouble == "code"
    Member.objects.update(invited_at=timezone.now() - timedelta(days=31))
    membership.join(town, second, user=None)
    clock()
    assert states() == ("invited", "asked")
    Member.objects.update(invited_at=timezone.now())
    membership.join(town, second, user=None)
    clock()
    assert states() == ("joined", "member")


def test_an_invitation_that_was_taken_back_opens_nothing(hub, town):
    member = a_member(hub, invited_at=timezone.now())
    path, code = links.invitation(member).removeprefix(hub.root_url), invitations.show_code(member)
    assert invitations.withdraw(member, user=None)
    assert Client().get(path).status_code == Client().post(path, {"do": "code"}).status_code == 404
    membership.join(town, code, user=None)
    clock()
    assert not Member.objects.exists() and Membership.objects.get().trouble == "code"


def test_a_no_is_told_to_the_town(hub, town):
    membership.join(town, f"{hub.root_url}/diaspora/join/{hub.code}/", user=None)
    clock()
    assert joining.refuse(Member.objects.get(), user=None)
    clock()
    assert states() == ("refused", "refused") and not RemoteSource.objects.exists()


def test_the_token_goes_to_the_callback_alone(hub, town, web):
    """Somebody asks in the town's name: what the yes brings goes to the town, which did not ask."""
    said = {"name": "Grad Primjer", "email": "x@example.org", "nonce": "n" * 40}
    at_town = {"site": town.root_url, "feed": f"{town.root_url}/feed.json"}
    ask = Client(enforce_csrf_checks=True).post
    where, how = f"/diaspora/join/{hub.code}/", {"content_type": "application/json"}
    elsewhere = {**said, **at_town, "callback": web.url("/stolen")}
    assert ask(where, elsewhere, **how).status_code == 400 and not Member.objects.exists()
    callback = f"{town.root_url}/diaspora/membership/{Membership(municipality=town).pk}/"
    assert ask(where, {**said, **at_town, "callback": callback}, **how).status_code == 202
    assert joining.accept(Member.objects.get(), rule="at_once", user=None)
    clock()
    member = Member.objects.get()
    assert (member.trouble, member.confirmed_at, member.source) == ("stranger", None, None)
    assert web.asked == [] and not RemoteSource.objects.exists()


def test_nobody_takes_the_place_of_a_member(hub, town):
    member, row = joined(hub, town)
    said = {"name": "x", "email": "x@example.org", "nonce": "n" * 40, "site": town.root_url}
    said |= {"feed": f"{town.root_url}/f", "callback": f"{town.root_url}/c"}
    answer = Client().post(f"/diaspora/join/{hub.code}/", said, content_type="application/json")
    assert answer.status_code == 409
    assert Member.objects.get().token_hash == member.token_hash and states() == ("joined", "member")


# Handing over


def test_a_newsroom_hears_once_across_the_chain(hub, town, smtp):
    """It is a partner of both. Before joining the town sends to it, after that the hub."""
    here, there = a_partner(town, email=RADIO), a_partner(hub, email=RADIO.title())
    own = a_partner(town, email="samo@nasi.example.com")
    old = a_told_item(town, "Stara vijest")
    assert len(mails_about(smtp, "Stara vijest")) == 1
    second_passes()
    joined(hub, town)
    read_town()
    tell_and_send()
    assert lines(partner=there) == []  # what the town told before is not told again
    a_told_item(town, "Nova vijest")
    assert lines(partner=here, title="Nova vijest") == []
    assert lines(partner=own, title="Nova vijest") == [("new", 1, "sent")]
    assert mails_about(smtp, "Nova vijest") == []
    read_town()
    tell_and_send()
    assert lines(partner=there) == [("new", 1, "sent")] and len(mails_about(smtp, "Nova vijest")) == 1
    call_now()
    line = HubLine.objects.get()
    said = (line.newsroom, line.mailbox, line.version, line.state, line.way, line.kind, line.title, line.hub)
    digest = mailbox_digest(RADIO)
    assert said == ("Radio Primjer", digest, 1, "sent", "mail", "new", "Nova vijest", "Mreža Primjer")
    assert line.item.municipality == town and line.sent_at is not None
    correct_everywhere(old, smtp)
    assert lines(partner=here) == [("new", 1, "sent"), ("corrected", 2, "sent")]
    assert len(mails_about(smtp, "Stara")) == 2  # by the town, which sent the first


def correct_everywhere(item, smtp):
    page = item.editions.get().page.specific
    page.title = "Stara vijest, ispravljena"
    page.save_revision().publish()
    marking.correct(item, note="Naslov je bio pogrešan.", user=None)
    tell_and_send()
    read_town()
    tell_and_send()


def test_a_correction_of_what_the_hub_sent_comes_from_the_hub(hub, town, smtp):
    here, there = a_partner(town, email=RADIO), a_partner(hub, email=RADIO)
    joined(hub, town)
    item = a_told_item(town, "Stara vijest")
    read_town()
    tell_and_send()
    correct_everywhere(item, smtp)
    assert lines(partner=here) == []
    assert lines(partner=there) == [("new", 1, "sent"), ("corrected", 2, "sent")]
    call_now()
    told = HubLine.objects.order_by("version").values_list("version", "kind", "state")
    assert list(told) == [(1, "new", "sent"), (2, "corrected", "sent")]


def test_what_became_of_a_line_is_heard_by_the_same_row(hub, town, smtp):
    a_partner(hub, email=RADIO)
    joined(hub, town)
    a_told_item(town, "Nova vijest")
    read_town()
    tell()
    call_now()
    assert HubLine.objects.get().state == "waiting"
    let_delay_pass()
    smtp.reject = "550 5.1.1 no such user"
    tell_and_send()
    call_now()
    assert HubLine.objects.get().state == "bounced" == HubLine.objects.gaps().get().state


def test_a_town_that_does_not_hand_over_sends_itself(hub, town, smtp):
    here, there = a_partner(town, email=RADIO), a_partner(hub, email=RADIO)
    _member, row = joined(hub, town)
    assert membership.hand_over(row, False, user=None)
    an_item(town, a_story(town, "Između"))
    tell()
    assert lines(partner=here) == [("new", 1, "waiting")]  # at once, before the hub knows
    clock()
    assert turns.last(Member.objects.get().own) == [mailbox_digest(RADIO)]
    read_town()
    tell_and_send()
    assert lines(partner=there) == [] and len(mails_about(smtp, "Između")) == 1
    second_passes()
    assert membership.hand_over(Membership.objects.get(), True, user=None)
    clock()
    a_told_item(town, "Nova vijest")
    read_town()
    tell_and_send()
    assert lines(partner=here) == [("new", 1, "sent")]
    assert lines(partner=there, title="Nova vijest") == [("new", 1, "sent")]


def test_what_waits_at_the_hub_is_not_sent_once_the_town_has(hub, town, smtp):
    """The hub had read it before it heard that the town sends itself."""
    here, there = a_partner(town, email=RADIO), a_partner(hub, email=RADIO)
    _member, row = joined(hub, town)
    membership.hand_over(row, False, user=None)
    an_item(town, a_story(town, "Između"))
    tell()
    read_town()
    tell()
    assert lines(partner=there) == [("new", 1, "waiting")] == lines(partner=here)
    second_passes()
    clock()
    assert lines(partner=there) == [("new", 1, "cancelled")]


def test_until_the_hub_has_taken_note_nothing_is_handed_over(hub, town, smtp):
    """It serves the newsroom, and does not know yet what the town sends itself."""
    here, there = a_partner(town, email=RADIO), a_partner(hub, email=RADIO)
    joined(hub, town)
    Membership.objects.update(told=[])
    Member.objects.update(own=[])
    a_told_item(town, "Nova vijest")
    read_town()
    tell_and_send()
    assert lines(partner=here) == [("new", 1, "sent")] and lines(partner=there) == []


def test_news_in_a_language_that_the_hub_does_not_read_is_sent_by_the_town(hub, town, smtp):
    here = a_partner(town, email=RADIO)
    a_partner(hub, email=RADIO)
    joined(hub, town)
    Membership.objects.update(language="en")
    a_told_item(town, "Nova vijest")
    assert lines(partner=here) == [("new", 1, "sent")]


def test_earlier_news_is_what_neither_has_sent(hub, town, smtp):
    """The town sends itself again, since nothing is heard from the hub any more."""
    here = a_partner(town, email=RADIO)
    a_partner(hub, email=RADIO)
    _member, row = joined(hub, town)
    a_told_item(town, "Kroz mrežu")
    read_town()
    tell_and_send()
    call_now()
    a_told_item(town, "Nitko nije poslao")
    membership.hand_over(row, False, user=None)
    catching_up.ask_to_catch_up(here, since=timezone.localdate(), user=None)
    tell_and_send()
    assert [line.title for line in Delivery.objects.filter(partner=here)] == ["Nitko nije poslao"]


def test_a_new_newsroom_of_the_hub_does_not_get_what_the_town_sends_itself(hub, town, smtp):
    a_partner(town, email=RADIO)
    joined(hub, town)
    a_told_item(town, "Nova vijest")
    read_town()
    late, other = a_partner(hub, email=RADIO), a_partner(hub, email="druga@example.com")
    for partner in (late, other):
        catching_up.ask_to_catch_up(partner, since=timezone.localdate(), user=None)
    tell_and_send()
    assert lines(partner=late) == [] and lines(partner=other) == [("new", 1, "sent")]


def test_a_town_whose_feed_the_hub_pauses_sends_itself_again(hub, town, smtp):
    here = a_partner(town, email=RADIO)
    a_partner(hub, email=RADIO)
    joined(hub, town)
    assert moderating.pause(RemoteSource.objects.all(), user=None) == 1
    call_now()
    a_told_item(town, "Nova vijest")
    assert lines(partner=here) == [("new", 1, "sent")]
    assert moderating.resume(RemoteSource.objects.all(), user=None) == 1
    call_now()
    a_told_item(town, "Poslije")
    assert lines(partner=here, title="Poslije") == []


# Leaving


def test_the_town_leaves(hub, town, smtp):
    here = a_partner(town, email=RADIO)
    a_partner(hub, email=RADIO)
    _member, row = joined(hub, town)
    assert membership.leave(row, user=None)
    a_told_item(town, "Nova vijest")
    assert lines(partner=here) == [("new", 1, "sent")]
    clock()
    assert states() == ("left", "left") and RemoteSource.objects.get().state == "paused"
    assert (Member.objects.get().token_hash, Membership.objects.get().token) == ("", None)
    membership.join(town, f"{hub.root_url}/diaspora/join/{hub.code}/", user=None)
    clock()
    assert states() == ("asks", "waiting")
    joining.accept(Member.objects.get(), rule="at_once", user=None)
    clock()
    assert states() == ("joined", "member") and RemoteSource.objects.get().state == "active"


@pytest.mark.parametrize(("keep", "state"), [(False, "paused"), (True, "active")])
def test_the_hub_removes_a_member(hub, town, keep, state):
    member, row = joined(hub, town)
    token = row.token
    assert joining.remove(member, keep_reading=keep, user=None)
    assert chain(token).status_code == 401  # from the commit on
    clock()
    assert states() == ("left", "left") and RemoteSource.objects.get().state == state


def test_a_member_that_the_hub_forgot_learns_it_by_asking(hub, town):
    joined(hub, town)
    Member.objects.all().delete()
    call_now()
    assert Membership.objects.get().state == "left"


# Whose lines


def chain(token="", after="", **more):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().get("/diaspora/chain/", {"after": after} if after else {}, headers=headers, **more)


def test_nobody_sees_the_lines_of_another_member(hub, town, live_server, smtp):
    a_partner(hub, email=RADIO)
    _member, row = joined(hub, town)
    a_told_item(town, "Tajna vijest")
    read_town()
    tell_and_send()
    assert [line["title"] for line in chain(row.token).json()["lines"]] == ["Tajna vijest"]
    other = a_member(hub, name="Drugi", state="joined", confirmed_at=timezone.now(), site_url="https://d/")
    other.source = RemoteSource.objects.create(municipality=hub, feed_url="https://drugi.example.org/")
    other.token_hash = membership.secret_hash("drugi-token")
    other.save()
    assert chain("drugi-token").json()["lines"] == []
    for token in ("", "drugi", row.token[:-1], row.token + "x", member_hash()):
        answer = chain(token)
        assert answer.status_code == 401 and b"vijest" not in answer.content
    other.source.delete()
    assert chain("drugi-token").status_code == 401


def member_hash():
    return Member.objects.exclude(token_hash="").first().token_hash


def test_a_token_that_is_not_confirmed_yet_opens_nothing(hub, town):
    _member, row = joined(hub, town)
    Member.objects.update(confirmed_at=None)
    assert chain(row.token).status_code == 503
    Member.objects.update(confirmed_at=timezone.now(), source=None)
    assert chain(row.token).status_code in (401, 503)


@pytest.mark.parametrize("count", [1, 3])
def test_the_lines_cost_the_same_for_one_and_three(hub, town, count, django_assert_num_queries):
    _member, row = joined(hub, town)
    for number in range(count):
        a_partner(hub, email=f"r{number}@example.com")
        an_item(town, a_story(town, f"Vijest {number}"))
    tell()
    read_town()
    tell()
    assert Delivery.objects.count() == count * count
    chain(row.token)
    with django_assert_num_queries(7):
        assert len(chain(row.token).json()["lines"]) == count * count


def test_lines_come_in_pages_and_each_once(hub, town, monkeypatch):
    monkeypatch.setattr(hub_lines, "AT_ONCE", 2)
    _member, row = joined(hub, town)
    for number in range(5):
        a_partner(hub, email=f"r{number}@example.com")
    an_item(town)
    tell()
    read_town()
    tell()
    assert HubLine.objects.count() == 0
    call_now()
    assert HubLine.objects.count() == 5
    row.refresh_from_db()
    first = chain(row.token, row.cursor)
    assert first.json()["lines"] == [] and first.json()["cursor"] == row.cursor
    again = chain(row.token, row.cursor, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    Membership.objects.update(cursor="", etag="")
    call_now()
    assert HubLine.objects.count() == 5


def test_a_line_about_somebody_elses_item_is_left_out(hub, town):
    _member, row = joined(hub, town)
    other = an_item(a_town("treci.example.org"))
    now = timezone.now().isoformat()
    line = {"name": "1", "item": f"urn:uuid:{other.pk}", "version": 1, "way": "mail", "kind": "new"}
    line |= {"state": "sent", "state_at": now, "created_at": now, "newsroom": "x", "title": "x"}
    assert hub_lines.keep(row, [line, {**line, "item": None}, "x", {}]) == 0
    own = an_item(town)
    said = {**line, "item": f"urn:uuid:{own.pk}", "newsroom": "R" * 500 + "\0"}
    wrong = [{**said, "name": "2", "state": "arrived"}, {**said, "name": "3", "version": "1"}]
    assert hub_lines.keep(row, [said, *wrong, {**said, "name": "4", "created_at": "soon"}]) == 1
    assert HubLine.objects.get().newsroom == "R" * 120
    assert hub_lines.keep(row, None) == 0
