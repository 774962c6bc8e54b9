"""Good practice: proposed to newsrooms, and found by people."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import pgettext

from tests.factories.news import a_list, an_example
from tests.factories.remote import a_remote_item, a_source
from tests.factories.syndication import a_partner, a_story, a_town, an_item
from tests.syndication.newsdesk import an_editor, lines, tell, tell_and_send
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.scripts import fold
from wagtail_diaspora.syndication import links
from wagtail_diaspora.syndication.actions import proposing, publishing, redelivering, rounds
from wagtail_diaspora.syndication.models import Delivery, Edition, Item, SyndicationSettings

pytestmark = pytest.mark.django_db

HOST = {"host": "primjer.example.org"}
PLACE = "/diaspora/good-practice/"
FACTS = {
    "problem": "<p>Djeca iz dijaspore nisu imala čitanku.</p><p>Ni školu.</p>",
    "result": "<p>Uči 40 đaka.</p>",
    "cost": "5.000 KM",
}


@pytest.fixture
def listing(town):
    return a_list(town.site.root_page)


@pytest.fixture
def example(town, listing):
    """Told to everybody, before there was any partner."""
    return told(town, an_example(listing, "Dopunska nastava", **FACTS))


def told(town, page):
    item = an_item(town, page)
    tell()
    return item.editions.get()


def in_language(edition, language, title):
    """The same example in another language, as a translated page is told."""
    channel, _new = type(edition.channel).objects.get_or_create(
        municipality=edition.channel.municipality, language=language, defaults={"number": 1}
    )
    values = {f.name: getattr(edition, f.name) for f in Edition._meta.fields if f.name != "id"}
    words = {"content": {**edition.content, "title": title}, "words": fold(title), "number": 1}
    return Edition.objects.create(**{**values, "channel": channel, "language": language, **words})


def found(client, **query):
    """Titles of the cards, in their order."""
    answer = client.get(PLACE, query, headers=HOST)
    assert answer.status_code == 200
    return re.findall(r'<h2 lang="[^"]*"><a href="[^"]*">([^<]*)</a></h2>', answer.content.decode())


def newsroom(partner):
    return links.newsroom(partner).removeprefix("http://primjer.example.org")


def test_it_keeps_its_facts_and_what_it_is_found_by(example):
    assert example.kind == "good_practice"
    assert example.content["example"] == {
        "problem": "Djeca iz dijaspore nisu imala čitanku. Ni školu.",
        "cost": "5.000 KM",
        "result": "Uči 40 đaka.",
    }
    assert "citanku" in example.words and "daka" in example.words and "ceste" not in example.words


def test_a_withdrawn_one_is_found_by_nothing(example, client):
    Item.objects.update(wanted=False)
    publishing.reconcile_all()
    assert Edition.objects.get().words == "" and found(client) == []


def test_a_newsroom_is_shown_it_and_has_it_sent(town, example, smtp):
    partner, browser = a_partner(town), Client()
    shown = browser.get(newsroom(partner), headers=HOST).content.decode()
    assert "Dopunska nastava" in shown and 'value="example"' in shown
    assert browser.get(newsroom(partner), headers=HOST) and lines() == []
    answer = browser.post(newsroom(partner), {"do": "example", "edition": example.pk}, headers=HOST)
    assert answer.status_code == 302 and answer["Location"].endswith("#diaspora-examples")
    assert lines() == [("new", 1, "waiting")]
    shown = browser.get(newsroom(partner), headers=HOST).content.decode()
    assert 'value="example"' not in shown and "Dopunska nastava" in shown
    browser.post(newsroom(partner), {"do": "example", "edition": example.pk}, headers=HOST)
    assert rounds.tell() == 1 and deliver_due() == 1
    assert lines() == [("new", 1, "sent")] and smtp.messages[0]["Subject"] == "Dopunska nastava"


def test_it_comes_by_mail_and_stays_asked_for_whatever_else_is_taken(town, example, smtp):
    partner = a_partner(town, way="feed")
    partner.topics.add(Topic.objects.create(code="sportx", name={"bs": "Sport"}))
    browser = Client()
    browser.post(newsroom(partner), {"do": "example", "edition": example.pk}, headers=HOST)
    choice = {"way": "feed", "pace": "daily", "daily_limit": "5", "script": "published", "do": "save"}
    browser.post(newsroom(partner), {**choice, "topics": [partner.topics.get().pk]}, headers=HOST)
    assert rounds.tell() == 1 and deliver_due() == 1 and len(smtp.messages) == 1


def test_one_that_came_back_goes_again_by_mail_to_who_takes_a_feed(town, example, smtp):
    partner = a_partner(town, way="feed")
    redelivering.send_example(partner, example)
    smtp.reject = "550 5.1.1 no such user"
    assert rounds.tell() == 1 and deliver_due() == 0 and lines() == [("new", 1, "bounced")]
    smtp.reject = None
    assert redelivering.redeliver(Delivery.objects.all(), user=None) == 1
    assert rounds.tell() == 1 and deliver_due() == 1 and lines() == [("new", 1, "sent")]


@pytest.mark.parametrize("state", ["invited", "paused", "ended"])
def test_who_takes_nothing_is_sent_none(town, example, state):
    partner, browser = a_partner(town, state=state), Client()
    assert b'value="example"' not in browser.get(newsroom(partner), headers=HOST).content
    browser.post(newsroom(partner), {"do": "example", "edition": example.pk}, headers=HOST)
    assert lines() == []


def test_what_is_no_example_of_its_sender_is_not_sent(town, example):
    other = a_town("drugi.example.org")
    theirs = told(other, an_example(a_list(other.site.root_page), "Tuđi primjer"))
    news = told(town, a_story(town))
    partner, browser = a_partner(town), Client()
    for key in (theirs.pk, news.pk, 0, "x", ""):
        browser.post(newsroom(partner), {"do": "example", "edition": key}, headers=HOST)
    assert lines() == []


def test_what_it_has_is_proposed_again_after_a_month_unless_it_aired(town, example):
    partner = a_partner(town)

    def proposed():
        return [edition.title for edition in proposing.proposed_to(partner, "bs")]

    assert proposed() == ["Dopunska nastava"]
    facts = {"version": 1, "number": 1, "kind": "new", "way": "mail", "state": "sent"}
    Delivery.objects.create(partner=partner, edition=example, **facts)
    assert proposed() == []
    Delivery.objects.update(state_at=timezone.now() - timedelta(days=31))
    assert proposed() == ["Dopunska nastava"]
    Delivery.objects.update(state="aired", aired_on=timezone.localdate())
    assert proposed() == []


def test_it_is_proposed_once_and_in_a_language_that_is_taken(town, example):
    in_language(example, "de", "Ergänzungsunterricht")
    proposed = proposing.proposed_to
    assert [e.title for e in proposed(a_partner(town), "bs")] == ["Dopunska nastava"]
    assert [e.title for e in proposed(a_partner(town), "de")] == ["Ergänzungsunterricht"]
    assert [e.title for e in proposed(a_partner(town, languages=["de"]), "bs")] == ["Ergänzungsunterricht"]
    assert not proposed(a_partner(town, languages=["en"]), "bs")


def test_the_days_mail_proposes_what_it_does_not_bring(town, listing, example, smtp):
    partner = a_partner(town, pace="daily")
    an_item(town, an_example(listing, "Karta radnih mjesta"))
    assert tell_and_send() == 1
    with translation.override("bs"):
        heading = pgettext("press", "Examples you could report on")
    for kind in ("plain", "html"):
        words = smtp.messages[0].get_body((kind,)).get_content()
        news, _title, proposed = words.partition(heading)
        assert "Dopunska nastava" in proposed and "Karta" in news and "Karta" not in proposed
        assert f"{links.newsroom(partner)}#diaspora-examples" in proposed


def test_a_mail_about_one_item_proposes_nothing(town, example, partner, smtp):
    an_item(town)
    tell_and_send()
    assert "Dopunska nastava" not in smtp.messages[0].get_body(("plain",)).get_content()


def test_the_editor_sees_what_is_proposed_and_what_was_asked_for(town, example, partner, client):
    editor, url = an_editor(town, client), reverse("diaspora_newsdesk:partner", args=[partner.pk])
    assert "Dopunska nastava" in editor.get(url).content.decode()
    Client().post(newsroom(partner), {"do": "example", "edition": example.pk}, headers=HOST)
    shown = editor.get(url).content.decode()
    assert "asked for by the newsroom" in shown and "no example of good practice" in shown


@pytest.mark.parametrize("words", ["čitanku", "citanku", "ЧИТАНКУ", "đaka djece", "djaka", "ниЈе имала"])
def test_words_are_found_in_both_scripts_and_without_diacritics(example, client, words):
    expected = [] if words in ("đaka djece", "ниЈе имала") else ["Dopunska nastava"]
    assert found(client, words=words) == expected


def test_it_says_problem_place_and_result_and_may_be_found_by_search_engines(example, client):
    answer = client.get(PLACE, headers=HOST)
    text = answer.content.decode()
    for words in ("Djeca iz dijaspore nisu imala čitanku.", "Uči 40 đaka.", "Grad Primjer", "5.000 KM"):
        assert words in text
    assert 'href="http://primjer.example.org/vijesti/dopunska-nastava/"' in text
    assert "X-Robots-Tag" not in answer and "noindex" not in text and "<script" not in text


def test_each_stands_once_in_the_nearest_language(example, client):
    in_language(example, "de", "Ergänzungsunterricht")
    for language, title in (
        ("bs", "Dopunska nastava"),
        ("hr", "Dopunska nastava"),
        ("de", "Ergänzungsunterricht"),
        ("en", "Dopunska nastava"),
    ):
        assert found(client, language=language) == [title], language
    assert found(client, language="bs", words="ergänzungsunterricht") == ["Dopunska nastava"]


def test_topics_are_the_chosen_or_the_usual(town, listing, client):
    school, usual = (Topic.objects.create(code=code, name={"bs": code}) for code in ("skolax", "usual"))
    SyndicationSettings.objects.create(municipality=town).topics.add(usual)
    told(town, an_example(listing, "Prvi", topics=[school]))
    told(town, an_example(listing, "Drugi"))
    assert found(client, topic="skolax") == ["Prvi"] and found(client, topic="usual") == ["Drugi"]
    assert found(client, topic="sko") == found(client) == ["Drugi", "Prvi"]


def test_what_a_hub_passes_on_is_found_by_its_publisher(town, example, client):
    remote = a_remote_item(a_source(town, name="Grad Drugi"), kind="good_practice")
    passed = told(town, an_example(a_list(town.site.root_page, "Drugi"), "Preneseni primjer"))
    assert "publisher" not in client.get(PLACE, headers=HOST).content.decode()
    Item.objects.filter(pk=passed.item_id).update(remote=remote, source=remote.source)
    assert "publisher" in client.get(PLACE, headers=HOST).content.decode()
    assert found(client, publisher=remote.source_id) == ["Preneseni primjer"]
    assert found(client, publisher="own") == ["Dopunska nastava"] and len(found(client)) == 2
    assert "Općina Drugi" in client.get(PLACE, headers=HOST).content.decode()
    assert found(client, publisher="999") == found(client)


def test_who_has_no_example_that_anybody_may_read_is_not_named(town, example, client):
    address = "https://{}.example.org/feed.xml".format
    sources = [a_source(town, name=f"Grad {name}", feed_url=address(name)) for name in ("Tihi", "Glasni")]
    quiet, loud = map(a_remote_item, sources)
    for remote in (quiet, loud):
        passed = told(town, an_example(a_list(town.site.root_page, remote.source.name), "Preneseni primjer"))
        Item.objects.filter(pk=passed.item_id).update(remote=remote, source=remote.source)
    Edition.objects.filter(item__source=quiet.source).delete()
    shown = client.get(PLACE, headers=HOST).content.decode()
    assert "Grad Glasni" in shown and "Grad Tihi" not in shown


def test_it_goes_page_by_page_and_keeps_what_is_asked(town, listing, client, monkeypatch):
    monkeypatch.setattr("wagtail_diaspora.syndication.views.examples.PER_PAGE", 1)
    for title in ("Prvi", "Drugi"):
        told(town, an_example(listing, title))
    assert (found(client), found(client, page=2)) == (["Drugi"], ["Prvi"])
    assert "words=oglasi&amp;page=2" in client.get(PLACE, {"words": "oglasi"}, headers=HOST).content.decode()


def test_nothing_is_there_yet_and_elsewhere_there_is_no_such_page(town, listing, client, example):
    Edition.objects.all().delete()
    assert 'role="status"' in client.get(PLACE, headers=HOST).content.decode() and found(client) == []
    assert client.get(PLACE, headers={"host": "unknown.example.org"}).status_code == 404
    assert PLACE not in client.get("/diaspora/feeds/", headers=HOST).content.decode()


def test_the_way_there_leads_from_the_feeds_and_the_list_of_news(listing, example, client):
    for place in ("/diaspora/feeds/", "/vijesti/"):
        assert f'href="{PLACE}"' in client.get(place, headers=HOST).content.decode(), place


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_three(town, listing, client, count, django_assert_num_queries):
    for number in range(count):
        told(town, an_example(listing, f"Primjer {number}"))
    client.get(PLACE, headers=HOST)
    with django_assert_num_queries(7):
        client.get(PLACE, {"words": "primjer", "topic": ""}, headers=HOST)


@pytest.mark.parametrize("count", [1, 3])
def test_the_newsrooms_page_costs_the_same_for_one_and_three(
    town, listing, client, count, django_assert_num_queries
):
    for number in range(count):
        told(town, an_example(listing, f"Primjer {number}"))
    partner = a_partner(town)
    assert client.get(newsroom(partner), headers=HOST).content.count(b'value="example"') == count
    with django_assert_num_queries(7):
        client.get(newsroom(partner), headers=HOST)


def test_the_size_of_a_picture_is_written_for_browsers(example, client, settings):
    settings.USE_THOUSAND_SEPARATOR = True
    made = {"hash": "x", "url": "/media/most.jpg", "width": 1600, "height": 1200, "length": 9}
    content = {**example.content, "image": {"hash": "x"}}
    Edition.objects.filter(pk=example.pk).update(picture=made, content=content)
    german = {**HOST, "accept-language": "de"}
    assert 'width="1600" height="1200"' in client.get(PLACE, headers=german).content.decode()
