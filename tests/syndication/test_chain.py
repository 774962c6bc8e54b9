"""From a town by its hub to whoever reads the hub, over real HTTP: one name, one source, every change."""

from uuid import UUID

import feedparser
import pytest
from django.utils import timezone
from wagtail.models import Site

from tests.factories.hub import topic_of
from tests.factories.remote import at_once
from tests.factories.syndication import a_hub, a_partner, a_story, a_town, an_item
from tests.host.models import BlogPage
from tests.syndication.formats.checking import problems_of_atom, problems_of_rss
from tests.syndication.newsdesk import lines
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.syndication.actions import marking, polling, rounds
from wagtail_diaspora.syndication.models import FeedFile, RemoteItem, RemoteSource, SyndicationSettings

pytestmark = pytest.mark.django_db(transaction=True)

CHECKS = {"rss.xml": problems_of_rss, "atom.xml": problems_of_atom}


@pytest.fixture
def chain(live_server, settings, monkeypatch):
    """A town, its hub and a third site on this very server, each by a host of its own."""
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "FETCH_ALLOWED_ADDRESSES": ("127.0.0.1",)}
    monkeypatch.setattr(polling, "PAUSE", 0.0)
    Site.objects.all().delete()
    town, hub, third = a_town("127.0.0.1"), a_hub("localhost"), a_town("treci.example.org")
    for one in (town, hub):
        one.site.port = live_server.thread.port
        one.site.save()
    SyndicationSettings.objects.create(municipality=town, rights="CC BY 4.0", contact_phone="+387 33 1")
    return town, hub, third


def read_on():
    """The clock: whoever has something to read reads it, and writes its own feeds."""
    rounds.publish()
    for _hop in range(2):
        RemoteSource.objects.update(next_due_at=timezone.now())
        rounds.read_others()


@pytest.mark.parametrize("file", ["rss.xml", "atom.xml", "feed.json", "ninjs1.json", "ninjs3.json"])
def test_publishing_correcting_and_withdrawing_travel_through(chain, file):
    town, hub, third = chain
    item = an_item(town, a_story(town))
    rounds.publish()
    by_hub, directly = at_once(hub, topic_of(town, file)), at_once(third, topic_of(town, file))
    read_on()
    by_third = at_once(third, topic_of(hub, file))
    read_on()
    at_hub, at_third, at_first = (source.items.get() for source in (by_hub, by_third, directly))
    assert at_third.identity == at_hub.identity == at_first.identity == item.pk
    assert RemoteItem.objects.for_readers(third).get() == at_first and at_third.guid == f"urn:uuid:{item.pk}"
    assert (at_third.title, at_third.url) == ("Most je otvoren", f"{town.root_url}/most-je-otvoren/")
    assert at_third.attribution_url.startswith(town.root_url)
    assert at_third.attribution_name == at_hub.attribution_name != ""
    assert at_third.relayed and not at_hub.relayed
    assert "CC BY 4.0" in at_third.rights

    BlogPage.objects.update(content="<p>Most je otvoren u utorak.</p>")
    marking.correct(item, note="Dan je utorak.", user=None)
    read_on()
    at_third = by_third.items.get()
    assert "u utorak" in at_third.html and "Dan je utorak." in at_third.html + at_third.note
    assert at_third.published_at == at_hub.published_at

    marking.withdraw(item, note="Nije istina.", user=None)
    read_on()
    for source in (by_hub, by_third, directly):
        gone = source.items.get()
        assert (gone.state, gone.html, gone.identity) == ("withdrawn", "", item.pk)
        assert "Nije istina." in gone.note


def test_everything_that_the_town_says_arrives_by_json_feed(chain):
    """Also what was corrected, in its sentence, at a newsroom of the hub."""
    town, hub, third = chain
    roads = Topic.objects.create(code="roads", name={"bs": "Putevi"})
    source = at_once(hub, topic_of(town, "feed.json"), starts_anew=False)
    rounds.publish()
    item = an_item(town, a_story(town))
    item.topics.add(roads)
    a_partner(hub)
    rounds.publish()
    read_on()
    by_third = at_once(third, topic_of(hub, "feed.json"))
    read_on()
    at_third = by_third.items.get()
    assert (at_third.kind, at_third.topics, at_third.phone) == ("news", ["Putevi", "roads"], "+387 33 1")
    assert (at_third.version, source.items.get().version) == (1, 1)
    assert at_third.attribution_feed_url == source.feed_url
    rounds.tell()
    assert lines() == [("new", 1, "waiting")]
    marking.correct(item, note="Dan je utorak.", user=None)
    read_on()
    at_third = by_third.items.get()
    assert (at_third.note, at_third.corrections, at_third.corrected) == ("Dan je utorak.", 1, True)
    assert at_third.html == "<p>Most je <b>otvoren</b>.</p>" and at_third.summary == "Nakon obnove."


def test_the_hubs_feeds_name_the_town_as_source(chain):
    town, hub, _third = chain
    item = an_item(town, a_story(town))
    rounds.publish()
    at_once(hub, topic_of(town, "feed.json"))
    read_on()
    for file, problems in CHECKS.items():
        body = bytes(FeedFile.objects.get(path=f"{hub.code}/bs/all/{file}").body)
        assert problems(body) == []
        read = feedparser.parse(body)
        (entry,) = read.entries
        assert not read.bozo and entry.id == f"urn:uuid:{item.pk}"
        assert entry.source.title == RemoteItem.objects.get().attribution_name
        assert topic_of(town, "feed.json") in str(entry.source)
        assert entry.link == f"{town.root_url}/most-je-otvoren/"
    for file in ("feed.json", "ninjs1.json", "ninjs3.json", "newsml.xml"):
        body = bytes(FeedFile.objects.get(path=f"{hub.code}/bs/all/{file}").body).decode()
        assert town.root_url in body and "Grad Primjer" in body


def test_a_town_that_reads_its_hub_does_not_get_its_own_news_back(chain):
    town, hub, third = chain
    an_item(town, a_story(town))
    other = an_item(third, a_story(third, "Tuđa"))
    rounds.publish()
    at_once(hub, topic_of(town, "feed.json"))
    back = at_once(town, topic_of(hub, "feed.json"))
    RemoteItem.objects.create(
        municipality=hub,
        source=at_once(hub, "https://treci.example.org/feed"),
        identity=UUID(str(other.pk)),
        title="Tuđa",
        url="http://treci.example.org/tuda/",
        attribution_name="Grad Treći",
        attribution_url="http://treci.example.org/",
        published_at=timezone.now(),
        updated_at=timezone.now(),
        state="shown",
    )
    rounds.compare()
    read_on()
    back.refresh_from_db()
    assert [one.title for one in back.items.all()] == ["Tuđa"] and back.unusable == {"ours": 1}
