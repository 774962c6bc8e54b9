"""A municipality joins a hub and leaves it, over real HTTP."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.joining import a_member
from tests.factories.syndication import a_partner
from tests.syndication.joining.both_sides import RADIO, call_now, chain, clock, joined, learn_the_end, states
from tests.syndication.newsdesk import a_told_item, lines
from tests.syndication.web import Page
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.syndication import links
from wagtail_diaspora.syndication.actions import invitations, joining, membership
from wagtail_diaspora.syndication.models import Member, Membership, RemoteSource

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_to_loopback")]


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


# Leaving


def test_the_town_leaves(hub, town, smtp):
    here = a_partner(town, email=RADIO)
    a_partner(hub, email=RADIO)
    _member, row = joined(hub, town)
    assert membership.leave(row, user=None)
    a_told_item(town, "Nova vijest")
    assert lines(partner=here) == [("new", 1, "sent")]
    clock()
    assert states() == ("left", "left") and not RemoteSource.objects.get().takes_new
    assert (Member.objects.get().token_hash, Membership.objects.get().token) == ("", None)
    membership.join(town, f"{hub.root_url}/diaspora/join/{hub.code}/", user=None)
    clock()
    assert states() == ("asks", "waiting")
    joining.accept(Member.objects.get(), rule="at_once", user=None)
    clock()
    assert states() == ("joined", "member") and RemoteSource.objects.get().takes_new


@pytest.mark.parametrize("keep", [False, True])
def test_the_hub_removes_a_member(hub, town, keep):
    member, row = joined(hub, town)
    token = row.token
    assert joining.remove(member, keep_reading=keep, user=None)
    assert chain(token).status_code == 401  # from the commit on
    clock()
    assert states() == ("left", "left") and RemoteSource.objects.get().takes_new == keep


def test_a_member_that_the_hub_forgot_learns_it_by_asking(hub, town):
    joined(hub, town)
    Member.objects.all().delete()
    call_now()
    assert Membership.objects.get().state == "member"  # the hub may be about to say more
    learn_the_end()
    assert Membership.objects.get().state == "left"
