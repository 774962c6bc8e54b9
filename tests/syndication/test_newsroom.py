"""What a newsroom does on its own pages: with a link, without an account, and never by a GET."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.syndication import a_partner, a_story, a_town, an_item
from tests.syndication.newsdesk import a_told_item, lines, tell, tell_and_send
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry, Topic
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.syndication import links, tokens
from wagtail_diaspora.syndication.actions import marking, partnering, rounds
from wagtail_diaspora.syndication.formats.text import stamp
from wagtail_diaspora.syndication.models import Channel, Delivery, Edition, FeedFile, Item, Partner

pytestmark = pytest.mark.django_db

HOST = {"host": "primjer.example.org"}
CHOICE = {"way": "mail", "pace": "immediate", "daily_limit": "5", "script": "latin", "do": "save"}


def path(url):
    return url.removeprefix("http://primjer.example.org")


def words_of(message):
    return message.get_body(("plain",)).get_content()


def own_feed(partner, language="bs"):
    """Its first feed, as its page names it."""
    page = Client().get(path(links.newsroom(partner)), headers=HOST).content.decode()
    return path(re.findall(rf'href="([^"]*/{language}/[^"]*)"', page)[0])


@pytest.fixture
def invited(town):
    partner = a_partner(town, state="invited", confirmed_at=None)
    partnering.invite(partner, user=None)
    return partner


@pytest.fixture
def reader(town):
    return a_partner(town, way="feed", takes_embargoed=True)


def test_it_confirms_its_address_by_a_button(invited, town, smtp, client):
    assert deliver_due() == 1
    link = re.search(r"http://\S+/diaspora/p/\S+", words_of(smtp.messages[0])).group()
    assert smtp.messages[0]["To"] == invited.email
    assert client.get(path(link), headers=HOST).status_code == 200
    assert Partner.objects.get().state == "invited"
    topic = Topic.objects.create(code="sportx", name={"bs": "Sport"})
    tell()
    wanted = {**CHOICE, "topics": [topic.pk], "languages": []}
    assert client.post(path(link), wanted, headers=HOST).status_code == 302
    partner = Partner.objects.get()
    assert (partner.state, partner.script, partner.daily_limit) == ("confirmed", "latin", 5)
    assert partner.confirmed_at and list(partner.topics.all()) == [topic]
    assert MunicipalityLogEntry.objects.filter(action="diaspora_syndication.partner_confirmed").exists()


def test_a_wrong_choice_is_shown_with_its_reason(invited, client):
    answer = client.post(path(links.newsroom(invited)), {**CHOICE, "daily_limit": "0"}, headers=HOST)
    assert answer.status_code == 422 and b'role="alert"' in answer.content
    assert Partner.objects.get().state == "invited"


def test_what_the_municipality_decides_is_not_the_newsrooms(invited, client):
    typed = {**CHOICE, "takes_embargoed": "on", "email": "drugi@example.com", "state": "ended"}
    client.post(path(links.newsroom(invited)), typed, headers=HOST)
    partner = Partner.objects.get()
    assert (partner.takes_embargoed, partner.email, partner.state) == (False, invited.email, "confirmed")


def test_it_pauses_goes_on_and_leaves(town, client):
    partner = a_partner(town)
    for do, state in (
        ("pause", "paused"),
        ("resume", "confirmed"),
        ("leave", "ended"),
        ("resume", "confirmed"),
    ):
        client.post(path(links.newsroom(partner)), {"do": do}, headers=HOST)
        assert Partner.objects.get().state == state


def test_a_mail_program_leaves_with_one_click_and_without_a_cookie(town):
    partner = a_partner(town)
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path(links.leave(partner)), headers=HOST).status_code == 200
    assert Partner.objects.get().state == "confirmed"
    answer = strict.post(path(links.leave(partner)), {"List-Unsubscribe": "One-Click"}, headers=HOST)
    assert answer.status_code == 200 and Partner.objects.get().state == "ended"
    again = strict.post(path(links.leave(partner)), {"List-Unsubscribe": "One-Click"}, headers=HOST)
    assert again.status_code == 200


def test_only_leaving_needs_no_csrf_token(town):
    partner = a_partner(town)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path(links.newsroom(partner)), {"do": "leave"}, headers=HOST).status_code == 403


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1] + "x", lambda t: "9" + t, lambda t: "", lambda t: "a-b-c"]
)
def test_a_link_that_was_not_given_opens_nothing(town, spoil):
    assert tokens.partner_for(spoil(tokens.partner_token(a_partner(town)))) is None


def test_new_links_end_the_old_ones(town, smtp, client):
    partner = a_partner(town)
    old = path(links.newsroom(partner))
    partnering.renew_links(partner, user=None)
    assert client.get(old, headers=HOST).status_code == 404
    assert client.get(path(links.newsroom(partner)), headers=HOST).status_code == 200
    assert deliver_due() == 1 and links.newsroom(partner) in words_of(smtp.messages[0])


def test_a_person_says_that_it_is_there_and_when_it_was_on_air(town, smtp, client):
    partner = a_partner(town)
    a_told_item(town)
    line = Delivery.objects.get()
    address = path(links.receipt(partner, line))
    assert b"Most je otvoren" in client.get(address, headers=HOST).content
    assert lines() == [("new", 1, "sent")]
    client.post(address, {"do": "got"}, headers=HOST)
    assert lines() == [("new", 1, "confirmed")]
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = client.post(address, {"do": "aired", "aired_on": tomorrow.isoformat()}, headers=HOST)
    assert answer.status_code == 422 and lines() == [("new", 1, "confirmed")]
    client.post(address, {"do": "aired", "aired_on": "1. 3. 2026."}, headers=HOST)
    assert lines() == [("new", 1, "aired")] and Delivery.objects.get().aired_on.isoformat() == "2026-03-01"
    client.post(address, {"do": "got"}, headers=HOST)
    assert lines() == [("new", 1, "aired")]


def test_an_item_that_it_did_not_get_is_not_there(town, smtp, client):
    a_partner(town)
    a_told_item(town)
    theirs, other = Delivery.objects.get(), a_partner(a_town("drugi.example.org"))
    assert client.get(path(links.receipt(other, theirs))).status_code == 404


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000])
def test_a_number_that_no_item_has_opens_nothing(partner, client, number):
    own = path(links.newsroom(partner))
    for end in (f"{number}/1/", f"1/{number}/"):
        assert client.get(f"{own}{end}", headers=HOST).status_code == 404
    answer = client.post(own, {"do": "example", "edition": number}, headers=HOST)
    assert answer.status_code == 302


def test_its_own_feed_has_what_is_under_embargo_and_fetching_is_noted(town, reader, client):
    item = an_item(town, a_story(town, "Tajna do sutra"))
    item.embargo_until = timezone.now() + timedelta(hours=2)
    item.save()
    tell()
    assert lines() == [("embargoed", 1, "waiting")]
    address = own_feed(reader)
    assert "Tajna do sutra" in client.get(address, headers=HOST).content.decode()
    assert lines() == [("embargoed", 1, "fetched")] and Delivery.objects.get().fetched_at
    public = FeedFile.objects.filter(partner=None)
    assert public and not any(b"Tajna" in file.body for file in public)


def test_an_unchanged_feed_notes_nothing(town, reader, client, django_assert_num_queries):
    an_item(town)
    tell()
    address = own_feed(reader)
    with django_assert_num_queries(3):
        answer = client.get(address, headers=HOST)
    assert answer["Cache-Control"].startswith("private") and "Access-Control-Allow-Origin" not in answer
    Delivery.objects.update(state="waiting")
    client.head(address, headers=HOST)
    known = {**HOST, "if-none-match": answer["ETag"]}
    with django_assert_num_queries(1):
        assert client.get(address, headers=known).status_code == 304
    assert lines() == [("new", 1, "waiting")]


def test_what_its_feed_does_not_carry_was_not_fetched(town, client, smtp):
    """It came by mail, before the newsroom chose a feed about one topic."""
    partner, topic = a_partner(town), Topic.objects.create(code="roads", name={"bs": "Putevi"})
    a_told_item(town)
    Partner.objects.update(way="feed")
    partner.topics.add(topic)
    an_item(town, a_story(town, "Cesta")).topics.add(topic)
    tell()
    assert "Cesta" in client.get(own_feed(partner), headers=HOST).content.decode()
    assert lines() == [("new", 1, "sent"), ("new", 1, "fetched")]


def test_a_withdrawn_item_leaves_its_own_feed_at_once(town, reader, client):
    item = an_item(town)
    tell()
    address = own_feed(reader)
    client.get(address, headers=HOST)
    marking.withdraw(item, note="", user=None)
    assert client.get(address, headers=HOST).status_code == 503
    rounds.publish()
    assert b"Nakon obnove" not in client.get(address, headers=HOST).content


def test_what_is_none_of_its_feeds_is_not_awaited(town, reader, client):
    an_item(town)
    tell()
    wrong = own_feed(reader).rpartition("/")[0]
    for path in (f"{wrong}/rss.html", f"{wrong}%00/rss.xml"):
        assert client.get(path, headers=HOST).status_code == 404


def test_a_revoked_feed_is_gone_and_the_new_one_is_written(town, reader, client):
    an_item(town)
    tell()
    old = own_feed(reader)
    partnering.renew_links(reader, user=None)
    assert client.get(old, headers=HOST).status_code == 404
    assert client.get(own_feed(reader), headers=HOST).status_code == 503
    tell()
    assert client.get(own_feed(reader), headers=HOST).status_code == 200
    partnering.leave(reader)
    rounds.publish()
    assert not FeedFile.objects.exclude(partner=None).exists()


def test_its_own_feed_follows_its_choice(town, client):
    reader = a_partner(town, way="feed", script="cyrillic")
    sport = Topic.objects.create(code="sportx", name={"bs": "Sport"})
    an_item(town, a_story(town, "Bez teme"))
    an_item(town, a_story(town, "Utakmica")).topics.add(sport)
    Item.objects.update(look_at=timezone.now())
    tell()
    assert "Без теме" in client.get(own_feed(reader), headers=HOST).content.decode()
    chosen = {**CHOICE, "way": "feed", "script": "latin", "topics": [sport.pk]}
    client.post(path(links.newsroom(reader)), chosen, headers=HOST)
    rounds.publish()
    feed = client.get(own_feed(reader), headers=HOST).content.decode()
    assert "Utakmica" in feed and "Bez teme" not in feed


def test_what_a_newsroom_begins_to_take_is_new_in_its_own_feed(town, reader, client):
    an_item(town)
    tell()
    yesterday = timezone.now() - timedelta(days=1)
    Edition.objects.update(changed_at=yesterday)
    Channel.objects.update(changed_at=yesterday, rendered="")
    FeedFile.objects.all().delete()
    rounds.publish()
    before = client.get(own_feed(reader), headers=HOST)
    client.post(path(links.newsroom(reader)), {**CHOICE, "way": "feed"}, headers=HOST)
    rounds.publish()
    asked = {"if_modified_since": before["Last-Modified"]}
    answer = client.get(own_feed(reader), headers=HOST | asked)
    assert answer.status_code == 200
    reader.refresh_from_db()
    assert f"<atom:updated>{stamp(reader.chosen_at)}" in answer.content.decode()


def test_no_public_page_names_a_feed_of_a_partner(town, reader, client):
    an_item(town)
    tell()
    token = tokens.partner_token(reader)
    for url in ("/diaspora/feeds/", "/diaspora/feeds.opml", "/diaspora/news-sitemap.xml"):
        answer = client.get(url, headers=HOST)
        assert answer.status_code == 200 and token not in answer.content.decode(), url


def test_no_hub_hears_of_a_feed_of_a_partner(town, reader, client, settings):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "WEBSUB_HUBS": ("https://hub.example.com/",)}
    an_item(town)
    tell()
    token = tokens.partner_token(reader)
    pings = Message.objects.filter(channel="websub")
    assert pings and not any(token in message.payload["path"] for message in pings)
    answer = client.get(own_feed(reader), headers=HOST)
    assert "Link" not in answer and b"hub.example.com" not in answer.content


def test_who_knows_the_number_again_gets_what_is_new_only(town, reader, client):
    an_item(town)
    tell()
    address = own_feed(reader)
    known = client.get(address, headers=HOST)["ETag"]
    an_item(town, a_story(town, "Druga"))
    tell()
    answer = client.get(address, headers={**HOST, "if-none-match": known, "a-im": "feed"})
    assert answer.status_code == 226 and b"Druga" in answer.content and b"most-je" not in answer.content
    assert [state for _kind, _version, state in lines()] == ["fetched", "fetched"]


def test_a_person_who_got_the_first_mail_has_not_seen_the_correction(town, smtp, client):
    partner = a_partner(town)
    item = a_told_item(town)
    marking.correct(item, note="Datum je bio pogrešan.", user=None)
    tell()
    url = path(links.receipt(partner, Delivery.objects.get(version=1)))
    client.post(url, {"do": "got"}, headers=HOST)
    assert ("new", 1, "confirmed") in lines() and ("corrected", 2, "confirmed") not in lines()


def test_nor_has_it_when_the_correction_came_back(town, smtp, client):
    partner = a_partner(town)
    item = a_told_item(town)
    marking.correct(item, note="Datum je bio pogrešan.", user=None)
    smtp.reject = "550 5.1.1 no such user"
    tell_and_send()
    url = path(links.receipt(partner, Delivery.objects.get(version=1)))
    client.post(url, {"do": "got"}, headers=HOST)
    client.post(url, {"do": "aired", "aired_on": "1. 3. 2026."}, headers=HOST)
    assert lines() == [("new", 1, "aired"), ("corrected", 2, "bounced")]


def test_a_newsroom_that_chooses_a_feed_has_it_with_the_next_round(town, invited, client):
    an_item(town)
    rounds.publish()
    client.post(path(links.newsroom(invited)), {**CHOICE, "way": "feed"}, headers=HOST)
    rounds.publish()
    assert client.get(own_feed(invited)).status_code == 200
