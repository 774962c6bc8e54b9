"""Feeds over HTTP: stored bytes, honest validators, and nothing that was withdrawn."""

import gzip
from datetime import timedelta

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from tests.factories.syndication import a_picture, a_story, an_item
from tests.host.models import BlogPage
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.syndication.actions import marking, rendering, rounds
from wagtail_diaspora.syndication.formats.text import stamp
from wagtail_diaspora.syndication.models import Channel, Edition, FeedFile, Item, SyndicationSettings

pytestmark = pytest.mark.django_db

PLACE = "/diaspora/feeds/{code}/bs/{selection}/{file}"


def address(town, file="feed.json", selection="all"):
    return PLACE.format(code=town.code, selection=selection, file=file)


@pytest.fixture
def page(town):
    return a_story(town, header_image=a_picture())


@pytest.fixture
def item(town, page):
    item = an_item(town, page)
    rounds.publish()
    return item


def read(client, town, **headers):
    return client.get(address(town), headers=headers)


def titles(response):
    return [item["title"] for item in response.json()["items"]]


def test_a_feed_has_what_was_marked(client, town, item):
    response = read(client, town)
    assert response.status_code == 200 and titles(response) == ["Most je otvoren"]
    entry = response.json()["items"][0]
    assert entry["id"] == f"urn:uuid:{item.pk}"
    assert entry["url"] == "http://primjer.example.org/most-je-otvoren/"
    assert response["Access-Control-Allow-Origin"] == "*" and "Accept-Encoding" in response["Vary"]


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_its_language_is_its_own_and_not_the_readers(client, town, item, settings, encoding):
    settings.MIDDLEWARE = ["django.middleware.locale.LocaleMiddleware", *settings.MIDDLEWARE]
    answer = read(client, town, accept_language="en", accept_encoding=encoding)
    assert answer.status_code == 200 and answer["Content-Language"] == "bs"


def test_an_unchanged_feed_costs_one_query_and_no_bytes(client, town, item, django_assert_num_queries):
    first = read(client, town)
    with django_assert_num_queries(1):
        again = read(client, town, if_none_match=first["ETag"])
    assert again.status_code == 304 and not again.content and again["ETag"] == first["ETag"]
    assert read(client, town, if_modified_since=first["Last-Modified"]).status_code == 304
    weak = f'"x", W/{first["ETag"]}'
    assert read(client, town, if_none_match=weak).status_code == 304


def test_any_validator_is_enough_where_the_feed_is_there(client, town, item):
    """RFC 9110, 13.1.2: for GET and HEAD, `*` is met by whatever there is."""
    for method in (client.get, client.head):
        answer = method(address(town), headers={"if-none-match": "*"})
        assert answer.status_code == 304 and answer["ETag"] == read(client, town)["ETag"]
    assert read(client, town, if_none_match='"*"').status_code == 200
    assert client.get(address(town, "other.xml"), headers={"if-none-match": "*"}).status_code != 304


@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_is_one_look_up(client, town, count, django_assert_num_queries):
    for number in range(count):
        an_item(town, a_story(town, f"Vijest {number}"))
    rounds.publish()
    for encoding in ("identity", "gzip"):
        with django_assert_num_queries(1):
            got = read(client, town, accept_encoding=encoding)
        assert got.status_code == 200 and got.content
        by_date = {"if_modified_since": got["Last-Modified"], "accept_encoding": encoding}
        with django_assert_num_queries(1):
            assert read(client, town, **by_date).status_code == 304


def test_packed_bytes_are_the_same(client, town, item):
    packed = read(client, town, accept_encoding="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == read(client, town).content


def test_bytes_that_were_read_are_sent_as_long_as_the_row_has_their_validator(client, town, item):
    first = read(client, town)
    path = first.wsgi_request.path.removeprefix("/diaspora/feeds/")
    row = FeedFile.objects.filter(path=path)
    row.update(packed=b"is not asked for")
    assert read(client, town).content == first.content
    assert gzip.decompress(read(client, town, accept_encoding="gzip").content) == first.content
    row.update(packed=gzip.compress(b"newer"), etag="1-2-2.0-0")
    assert read(client, town).content == b"newer"
    row.delete()
    assert read(client, town).status_code in (404, 503)


def test_head_says_the_same_without_the_bytes(client, town, item):
    head, got = client.head(address(town)), read(client, town)
    assert head.status_code == 200 and not head.content
    assert (head["ETag"], head["Last-Modified"]) == (got["ETag"], got["Last-Modified"])


def test_a_change_is_never_hidden_behind_a_validator(client, town, item, page):
    first = read(client, town)
    BlogPage.objects.filter(pk=page.pk).update(title="Most je zatvoren")
    marking.look_again(Item.objects.all())
    rounds.publish()
    validators = {"if_none_match": first["ETag"]}, {"if_modified_since": first["Last-Modified"]}
    for headers in validators:
        assert titles(read(client, town, **headers)) == ["Most je zatvoren"]


def test_a_withdrawal_leaves_at_once_and_comes_back_as_a_stub(client, town, item):
    first = read(client, town)
    marking.withdraw(item, note="Nije tačno.", user=None)
    for headers in ({}, {"if_none_match": first["ETag"]}):
        gone = read(client, town, **headers)
        assert gone.status_code == 503 and gone["Retry-After"] and b"Most" not in gone.content
    rounds.publish()
    stub = read(client, town, if_none_match=first["ETag"]).json()["items"][0]
    assert stub["id"] == f"urn:uuid:{item.pk}" and "Most" not in stub["title"]
    assert not any(b"Most je otvoren" in file.body for file in FeedFile.objects.all())


def test_what_was_never_public_is_withdrawn_silently(client, town):
    item = an_item(town)
    Item.objects.update(embargo_until=item.marked_at + timedelta(days=1))
    rounds.publish()
    assert read(client, town).json()["items"] == []
    marking.withdraw(Item.objects.get(), note="x", user=None)
    rounds.publish()
    assert read(client, town).json()["items"] == []


@pytest.mark.parametrize(
    "path", ["nobody/bs/all/feed.json", "x", "x/y", "../../etc/passwd", "%00/bs/all/a.xml"]
)
def test_no_other_address_has_a_feed(client, item, path):
    assert client.get(f"/diaspora/feeds/{path}").status_code in (400, 404)


def test_bytes_that_hold_what_was_just_withdrawn_are_not_kept(town, item, monkeypatch):
    """The withdrawal comes between reading and keeping."""
    channel = Channel.objects.get()
    keep = rendering._keep

    def late(channel, files):
        marking.withdraw(item, note="Nije tačno.", user=None)
        keep(channel, files)

    monkeypatch.setattr(rendering, "_keep", late)
    rendering.render(channel)
    assert not FeedFile.objects.exists()
    monkeypatch.undo()
    assert rendering.render_due() == 1 and FeedFile.objects.exists()


def test_a_reader_of_a_future_date_is_not_told_lies(client, town, item):
    later = http_date(Channel.objects.get().changed_at.timestamp() + 3600)
    assert read(client, town, if_modified_since=later).status_code == 304
    assert read(client, town, if_modified_since="nonsense").status_code == 200


def test_a_reader_may_ask_for_what_is_new_only(client, town, item):
    for name in ("rss.xml", "atom.xml"):
        first = client.get(address(town, name))
        an_item(town, a_story(town, f"Cesta i {name}"))
        rounds.publish()
        asked = {"if_none_match": first["ETag"], "a_im": "feed, gzip"}
        new = client.get(address(town, name), headers=asked)
        assert new.status_code == 226 and new["IM"] == "feed" and "A-IM" in new["Vary"]
        assert [entry.title for entry in feedparser.parse(new.content).entries] == [f"Cesta i {name}"]
        whole = client.get(address(town, name), headers={"if_none_match": first["ETag"]})
        assert whole.status_code == 200 and len(feedparser.parse(whole.content).entries) > 1
        newest = client.get(address(town, name), headers={"if_none_match": new["ETag"], "a_im": "feed"})
        assert newest.status_code == 304


def test_who_asks_for_what_is_new_gets_what_came_into_the_feed_of_a_topic(client, town, item):
    """With other usual topics, and without a change of its own."""
    usual = SyndicationSettings.objects.create(municipality=town)
    roads = Topic.objects.create(code="roads", name={"bs": "Putevi"})
    an_item(town, a_story(town, "Cesta")).topics.add(roads)
    rounds.publish()
    url = address(town, "atom.xml", selection="roads")
    before = client.get(url)
    usual.topics.add(roads)
    rounds.publish()
    after = client.get(url, headers={"if_none_match": before["ETag"], "a_im": "feed"})
    assert {entry.title for entry in feedparser.parse(after.content).entries} == {"Cesta", "Most je otvoren"}


def test_what_came_into_the_feed_of_a_topic_says_when_it_did(client, town, item):
    usual = SyndicationSettings.objects.create(municipality=town)
    roads, bridges = (Topic.objects.create(code=code, name={"bs": code}) for code in ("roads", "bridges"))
    an_item(town, a_story(town, "Cesta")).topics.add(roads)
    usual.topics.add(bridges)
    yesterday = timezone.now() - timedelta(days=1)
    usual.usual.update(since=yesterday)
    rounds.publish()
    Edition.objects.update(changed_at=yesterday)
    Channel.objects.update(rendered="")
    FeedFile.objects.all().delete()
    rounds.publish()
    told = updated(client, town)
    usual.topics.add(roads)
    rounds.publish()
    here = updated(client, town, selection="roads")
    assert here["Most je otvoren"] == stamp(usual.usual.get(topic=roads).since)
    assert here["Cesta"] == told["Cesta"] and updated(client, town) == told
    assert updated(client, town, selection="bridges")["Most je otvoren"] == told["Most je otvoren"]


def updated(client, town, **selection):
    feed = feedparser.parse(client.get(address(town, "atom.xml", **selection)).content)
    assert all(entry.updated <= feed.feed.updated for entry in feed.entries)
    return {entry.title: entry.updated for entry in feed.entries}


def test_what_was_withdrawn_is_new_as_well(client, town, item):
    first = client.get(address(town, "atom.xml"))
    marking.withdraw(item, note="Nije tačno.", user=None)
    rounds.publish()
    asked = {"if_none_match": first["ETag"], "a_im": "feed"}
    new = client.get(address(town, "atom.xml"), headers=asked)
    assert new.status_code == 226 and b"deleted-entry" in new.content
    assert client.get(address(town), headers=asked).status_code == 200  # JSON has no such way


def test_a_withdrawn_page_is_gone_where_the_host_says_so(client, town, page, item, settings):
    host = {"host": "primjer.example.org"}
    page.unpublish()
    assert client.get("/most-je-otvoren/", headers=host).status_code == 404
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "wagtail_diaspora.syndication.middleware.GoneMiddleware"]
    asked_anew = Client()
    assert asked_anew.get("/most-je-otvoren/", headers=host).status_code == 410
    assert asked_anew.get("/never-there/", headers=host).status_code == 404


def test_the_address_of_a_withdrawn_page_need_not_be_ascii(town, settings):
    page = a_story(town, slug="čaršija")
    an_item(town, page)
    rounds.publish()
    page.unpublish()
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "wagtail_diaspora.syndication.middleware.GoneMiddleware"]
    assert Client().get("/čaršija/", headers={"host": "primjer.example.org"}).status_code == 410


@pytest.mark.parametrize("path", ["all/rss.html", "nothing/rss.xml", "all.7/rss.xml", "x"])
def test_what_never_was_a_feed_is_not_found_and_not_awaited(client, town, item, path):
    assert client.get(f"/diaspora/feeds/{town.code}/bs/{path}").status_code == 404


def test_a_number_beyond_all_counts_is_nobodys(client, town, item):
    url = address(town, "rss.xml")
    channel, _number, way, digest = client.get(url)["ETag"].strip('"').split("-")
    asked = {"if_none_match": f'"{channel}-{"9" * 5000}-{way}-{digest}"', "a_im": "feed"}
    assert client.get(url, headers=asked).status_code == 200
