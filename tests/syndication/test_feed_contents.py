"""Which feeds there are, what stands in them, and where readers and people find them."""

import feedparser
import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from lxml import etree
from wagtail.models import Locale

from tests.factories.syndication import a_picture, a_story, an_item
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.news.models import NewsPage
from wagtail_diaspora.syndication.actions import marking, rendering, rounds, writing
from wagtail_diaspora.syndication.models import Channel, Item, SyndicationSettings

pytestmark = pytest.mark.django_db

PLACE = "/diaspora/feeds/{code}/bs/{selection}/{file}"


def address(town, file="feed.json", selection="all"):
    return PLACE.format(code=town.code, selection=selection, file=file)


@pytest.fixture
def item(town):
    item = an_item(town, a_story(town, header_image=a_picture()))
    rounds.publish()
    return item


def read(client, town, **headers):
    return client.get(address(town), headers=headers)


def titles(response):
    return [item["title"] for item in response.json()["items"]]


def test_topics_have_feeds_of_their_own(client, town, item):
    topic = Topic.objects.create(code="roads", name={"bs": "Putevi"})
    other = an_item(town, a_story(town, "Cesta"))
    other.topics.add(topic)
    rounds.publish()
    roads = client.get(address(town, selection="roads"))
    assert titles(roads) == ["Cesta"] and "Putevi" in roads.json()["title"]
    assert set(titles(read(client, town))) == {"Cesta", "Most je otvoren"}


def test_the_usual_topics_and_rights_are_those_of_the_settings(client, town):
    topic = Topic.objects.create(code="roads", name={"bs": "Putevi"})
    settings = SyndicationSettings.objects.create(municipality=town, rights="Uz navođenje izvora")
    settings.topics.add(topic)
    an_item(town)
    rounds.publish()
    assert titles(client.get(address(town, selection="roads"))) == ["Most je otvoren"]
    before = Channel.objects.get().number
    settings.rights = "Slobodno"
    settings.save()
    rounds.publish()
    assert Channel.objects.get().number == before + 1
    assert "Slobodno" in read(client, town).content.decode()


def test_older_items_stand_in_archives_that_lead_to_each_other(client, town, monkeypatch):
    monkeypatch.setattr(writing, "FEED_LENGTH", 2)
    for number in range(5):
        an_item(town, a_story(town, f"Vijest {number}"))
    rounds.publish()
    found, url = [], address(town, "atom.xml")
    while url:
        feed = feedparser.parse(client.get(url).content)
        found.append({entry.title for entry in feed.entries})
        url = next((link.href for link in feed.feed.links if link.rel == "prev-archive"), "")
        url = url.removeprefix("http://primjer.example.org")
    assert len(found) == 3 and set.union(*found) == {f"Vijest {number}" for number in range(5)}
    assert (
        "all.1"
        not in client.get("/diaspora/feeds/", headers={"host": "primjer.example.org"}).content.decode()
    )


def test_readers_take_all_feeds_at_once(client, town, item):
    answer = client.get("/diaspora/feeds.opml", headers={"host": "primjer.example.org"})
    outline = etree.fromstring(answer.content).find(".//outline[@xmlUrl]")
    assert outline.get("xmlUrl") == "http://primjer.example.org" + address(town, "rss.xml")
    assert client.get("/diaspora/feeds.opml", headers={"host": "unknown.example.org"}).status_code == 404


def test_search_engines_read_what_is_new(client, town):
    an_item(town, a_story(town, "Danas", date=timezone.localdate()))
    an_item(town, a_story(town, "Davno"))
    rounds.publish()
    host = {"host": "primjer.example.org"}
    body = client.get("/diaspora/news-sitemap.xml", headers=host).content.decode()
    assert "Danas" in body and "Davno" not in body
    assert client.get("/diaspora/news-sitemap.xml", headers={"host": "x.example.org"}).status_code == 404


def test_readers_find_the_feeds_by_the_page(town, item, rf, django_assert_max_num_queries):
    tag = Template("{% load diaspora_syndication_tags %}{% diaspora_feed_links %}")
    request = rf.get("/", headers={"host": "primjer.example.org"})
    with django_assert_max_num_queries(3):
        links = tag.render(Context({"request": request}))
    assert f'href="{address(town, "rss.xml")}"' in links and links.count("<link") == 3
    assert tag.render(Context({})) == ""


def test_serbian_in_latin_letters_is_offered_in_cyrillic(client, town):
    town.name = {"sr": "Град Примјер", "sr-latn": "Grad Primjer"}
    town.save()
    latin = Locale.objects.create(language_code="sr-Latn")
    page = a_story(town, "Most je otvoren", locale=latin, content="<p>Ljubija <a href='/most/'>njega</a></p>")
    an_item(town, page)
    rounds.publish()
    own, other = (client.get(address(town).replace("/bs/", f"/{code}/")) for code in ("sr-latn", "sr"))
    assert titles(own) == ["Most je otvoren"] and titles(other) == ["Мост је отворен"]
    entry = other.json()["items"][0]
    assert "Љубија" in entry["content_html"] and "/most/" in entry["content_html"]
    assert entry["id"] == own.json()["items"][0]["id"] and "Град Примјер" in other.json()["title"]
    cyrillic = Locale.objects.create(language_code="sr")
    a_story(town, "Сам превео", locale=cyrillic, translation_key=page.translation_key)
    rounds.publish()
    assert titles(client.get(address(town).replace("/bs/", "/sr/"))) == ["Сам превео"]


def test_serbian_in_cyrillic_is_offered_in_latin_letters(client, town):
    page = a_story(town, "Љубија није Нјуфаундленд", locale=Locale.objects.create(language_code="sr"))
    an_item(town, page)
    rounds.publish()
    own, other = (client.get(address(town).replace("/bs/", f"/{code}/")) for code in ("sr", "sr-latn"))
    assert titles(own) == [page.title] and titles(other) == ["Ljubija nije Njufaundlend"]
    assert entry_ids(own) == entry_ids(other)


def entry_ids(response):
    return [entry["id"] for entry in response.json()["items"]]


def test_newsrooms_read_how_names_are_spoken(client, town):
    words = {"radio_script": "Dobar dan iz Žepča.", "pronunciation": "Žepče – ŽEP-če", "summary": "Ukratko."}
    page = town.site.root_page.add_child(instance=NewsPage(title="Žepče", **words))
    page.save_revision().publish()
    an_item(town, page)
    rounds.publish()
    assert read(client, town).json()["items"][0]["_diaspora"]["pronunciation"] == "Žepče – ŽEP-če"
    ninjs = client.get(address(town, "ninjs1.json")).json()
    assert ninjs["associations"]["item_1"]["body_pronunciation"] == "Žepče – ŽEP-če"


@pytest.mark.parametrize("count", [1, 3])
def test_writing_feeds_costs_the_same_for_one_and_three(town, count, django_assert_max_num_queries):
    for number in range(count):
        an_item(town, a_story(town, f"Vijest {number}", header_image=a_picture()))
    rounds.publish()
    with django_assert_max_num_queries(16):
        rendering.render(Channel.objects.get())


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_feed_costs_seven_queries_at_most(town, count, django_assert_max_num_queries):
    for number in range(count):
        an_item(town, a_story(town, f"Vijest {number}", header_image=a_picture()))
    rounds.publish()
    with django_assert_max_num_queries(7), translation.override("bs"):
        channel = Channel.objects.select_related("municipality__site").get()
        path, first = next(writing.Writer(channel, channel.language).files())
    assert path.endswith("/all/rss.xml") and len(feedparser.parse(first.body).entries) == count


def test_the_page_for_people_names_the_feeds(client, town, item):
    page = client.get("/diaspora/feeds/", headers={"host": "primjer.example.org"})
    assert page.status_code == 200 and address(town) in page.content.decode()
    assert "noindex" not in page.headers.get("X-Robots-Tag", "")
    assert client.get("/diaspora/feeds/", headers={"host": "unknown.example.org"}).status_code == 404


def test_a_topics_feed_says_that_its_only_item_was_withdrawn(client, town):
    item = an_item(town)
    item.topics.add(Topic.objects.create(code="roads", name={"bs": "Putevi"}))
    rounds.publish()
    marking.withdraw(item, note="Pogrešan datum", user=None)
    rounds.publish()
    (entry,) = client.get(address(town, selection="roads")).json()["items"]
    assert entry["summary"] == "Pogrešan datum" and entry["_diaspora"]["withdrawn"]


def test_a_topics_feed_stays_when_its_only_item_takes_another_topic(client, town):
    item = an_item(town)
    for code in ("roads", "culture"):
        item.topics.set([Topic.objects.create(code=code, name={"bs": code})])
        marking.look_again(Item.objects.all())
        rounds.publish()
    assert titles(client.get(address(town, selection="roads"))) == []
    assert titles(client.get(address(town, selection="culture"))) == ["Most je otvoren"]
