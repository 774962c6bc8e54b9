"""Once under one name, whoever brings it; its channel, topics and picture."""

from uuid import UUID

import pytest

from tests.factories.remote import at_once
from tests.factories.syndication import a_story, an_item
from tests.syndication.feeds import json_item
from tests.syndication.newsdesk import kinds
from tests.syndication.passing.readings import an_entry, brought, entry, feed_of
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.syndication.actions import rounds
from wagtail_diaspora.syndication.models import Channel, Edition, Item

pytestmark = pytest.mark.django_db


def test_the_same_news_of_two_sources_is_passed_on_once_and_the_first_decides(hub, source):
    other = at_once(hub, "https://treci.example.org/feed", starts_anew=False)
    assert brought(source, an_entry()) == 1 and brought(other, an_entry(title="Drugačije")) == 0
    assert Edition.objects.get().title == "Otvoren most"
    source.refresh_from_db()
    source.delete()
    rounds.publish()
    assert kinds() == ["new", "updated"] and Edition.objects.get().title == "Drugačije"


def test_whoever_published_it_decides_before_whoever_passes_it_on(hub, source):
    origin = {"name": "Grad Peti", "url": "https://peti.example.org/"}
    portal = at_once(hub, "https://portal.example.org/feed", starts_anew=False)
    brought(portal, an_entry(title="S portala", ours={"origin": origin}))
    direct = at_once(hub, "https://peti.example.org/feed", home_url=origin["url"], starts_anew=False)
    brought(direct, an_entry(title="Iz grada"))
    assert kinds() == ["new", "updated"] and Edition.objects.get().title == "Iz grada"
    assert Item.objects.get().source == direct and rounds.compare() == 0


def test_what_comes_back_by_another_hub_is_refused(hub, source):
    brought(source, an_entry())
    circle = at_once(hub, "https://mreza2.example.org/feed", starts_anew=False)
    back = an_entry(ours={"origin": {"name": "Općina Drugi", "url": "https://drugi.example.org/"}})
    assert brought(circle, back) == 0
    circle.refresh_from_db()
    assert circle.unusable == {"ours": 1} and not circle.items.exists()
    source.refresh_from_db()
    source.delete()
    rounds.publish()
    assert brought(circle, back) == 0 and Edition.objects.get().state == "withdrawn"


def test_the_hubs_own_news_is_not_passed_on(hub, source):
    own = an_item(hub, a_story(hub))
    rounds.publish()
    assert brought(source, json_item(1, id=f"urn:uuid:{own.pk}")) == 0
    assert Item.objects.get() == own


def test_names_that_are_no_urn_become_one_that_stays(hub, source):
    brought(source, json_item(1, id="https://drugi.example.org/?p=12"))
    name = entry(hub).id
    brought(source, json_item(1, id="https://drugi.example.org/?p=12", title="Drugi naslov"))
    assert entry(hub).id == name == source.items.get().identity
    assert name != Item.objects.get().pk


@pytest.mark.parametrize(
    ("said", "title", "language"),
    [
        ("bs-BA", "Otvoren most", "bs"),
        ("sr-RS", "Otvoren most", "sr-latn"),
        ("sr", "Отворен мост", "sr"),
        ("sr-Cyrl-BA", "WHO", "sr"),
        ("sr-Latn", "Отворен мост", "sr-latn"),
        ("xx", "Otvoren most", "hr"),
        ("../../etc", "Otvoren most", "hr"),
        ("", "Otvoren most", "hr"),
    ],
)
def test_it_goes_to_the_channel_of_its_language_and_script(hub, source, said, title, language):
    hub.office_languages = ["hr", "bs"]
    hub.save()
    brought(source, an_entry(title=title, language=said), language="")
    assert Channel.objects.get().language == language


def test_two_languages_are_two_editions_of_one_name(hub, source):
    german = at_once(hub, "https://drugi.example.org/de/feed", starts_anew=False)
    brought(source, an_entry())
    assert brought(german, an_entry(title="Die Brücke", language="de")) == 1
    assert {edition.name for edition in Edition.objects.all()} == {UUID(int=1)}
    assert set(Channel.objects.values_list("language", flat=True)) == {"bs", "de"}


def test_another_language_is_another_edition_and_the_former_leaves(hub, source):
    brought(source, an_entry())
    brought(source, an_entry(language="de"))
    rounds.publish()
    assert kinds(channel__language="bs") == ["new", "withdrawn"]
    assert kinds(channel__language="de") == ["new"]
    assert rounds.compare() == 0


def test_topics_are_the_hubs_own_by_code_or_name_in_any_language(hub, source):
    Topic.objects.create(code="roads", name={"bs": "Putevi", "sr": "Путеви"})
    Topic.objects.create(code="culture", name={"bs": "Kultura"})
    brought(source, an_entry(tags=["ПУТЕВИ", "Nepoznato"], ours={"topics": [{"code": "culture"}]}))
    assert {topic.code for topic in entry(hub).topics} == {"roads", "culture"}
    assert "Otvoren most" in feed_of(hub, "roads/feed.json")
    Topic.objects.create(code="unknown", name={"de": "Nepoznato"})
    assert rounds.compare() == 1 and len(entry(hub).topics) == 3


def test_a_picture_is_named_where_all_is_known_of_it(hub, source):
    url = "https://drugi.example.org/most.jpg"
    file = {"url": url, "mime_type": "image/jpeg", "size_in_bytes": 5000}
    said = {"width": 1600, "height": 900, "alt": "Most", "credit": "Ured"}
    brought(source, an_entry(image=url, attachments=[file], ours={"picture": said}))
    picture = entry(hub).picture
    assert (picture.url, picture.length, picture.width, picture.credit) == (url, 5000, 1600, "Ured")
    brought(source, an_entry(image=url, attachments=[file], ours={"picture": {"width": 1600}}))
    assert entry(hub).picture is None and kinds() == ["new", "updated"]
