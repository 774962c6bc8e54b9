import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.blocks import StructBlock
from wagtail.models import Site

from tests.factories.remote import a_remote_item, a_source
from tests.factories.syndication import a_town
from wagtail_diaspora.syndication.blocks import OtherMunicipalitiesBlock
from wagtail_diaspora.syndication.models import RemoteItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def source(town):
    return a_source(town)


def rendered(town, **value):
    Site.clear_site_root_paths_cache()
    block = OtherMunicipalitiesBlock()
    request = RequestFactory().get("/", headers={"host": town.site.hostname})
    chosen = block.normalize({"heading": "Iz drugih općina", "count": 3, "topic": "", **value})
    return block.render(chosen, {"request": request})


def test_what_is_shown_stands_with_its_publisher_and_its_address(town, source):
    a_remote_item(source, title="Most <b>", corrected=True, language="bs")
    html = rendered(town)
    assert "<h2>Iz drugih općina</h2>" in html and 'lang="bs"' in html and "corrected" in html
    assert '<a href="https://drugi.example.org/1" rel="noopener">Most &lt;b&gt;</a>' in html
    assert '<a href="https://drugi.example.org/" rel="noopener">Općina Drugi</a>' in html
    assert "<img" not in html


@pytest.mark.parametrize("state", ["waiting", "hidden", "withdrawn"])
def test_what_nobody_shows_does_not_stand_there(town, source, state):
    a_remote_item(source, title="Tajna", state=state)
    assert "Tajna" not in rendered(town) and "There is nothing here yet." in rendered(town)


def test_each_site_shows_its_own(town, source):
    a_remote_item(source, title="Naša")
    other = a_town("treci.example.org")
    assert "Naša" not in rendered(other)
    assert "There is nothing here yet." in OtherMunicipalitiesBlock().render(
        OtherMunicipalitiesBlock().normalize({"count": 3}), {}
    )


def test_the_newest_come_first_up_to_the_count_and_by_topic(town, source):
    for number in range(1, 5):
        a_remote_item(source, number, searched_topics="|ceste|" if number % 2 else "|skola|")
    assert numbers(rendered(town, count=2)) == [3, 4]
    assert numbers(rendered(town, topic="CESTE")) == [1, 3]
    assert numbers(rendered(town, topic="Škola")) == [2, 4]
    assert numbers(rendered(town, topic="most")) == []


def numbers(html):
    return [number for number in range(1, 5) if f"Vijest {number}" in html]


def test_it_asks_the_same_for_one_and_for_three(town, source):
    counts = []
    for number in (1, 2, 3):
        a_remote_item(source, number)
        rendered(town)
        with CaptureQueriesContext(connection) as asked:
            assert f"Vijest {number}" in rendered(town)
        counts.append(len(asked))
    assert counts[0] == counts[2] <= 3


def test_the_chooser_shows_an_example(db):
    block = OtherMunicipalitiesBlock()
    value = block.get_preview_value()
    context = block.get_preview_context(value, {"request": RequestFactory().get("/")})
    assert block.render(value, context).count("A new bridge across the river") == 3
    assert block.is_previewable


def test_a_host_migrates_a_plain_block():
    path, _args, _kwargs = OtherMunicipalitiesBlock().deconstruct()
    assert path == "wagtail.blocks.StructBlock" and issubclass(OtherMunicipalitiesBlock, StructBlock)


def test_what_the_first_withdrew_does_not_come_back_from_the_second(town, source):
    other = a_source(town, "https://treci.example.org/feed")
    first = a_remote_item(source, 1)
    a_remote_item(other, 1)
    RemoteItem.objects.filter(pk=first.pk).update(state="withdrawn")
    assert not RemoteItem.objects.for_readers(town)


def test_who_passes_it_on_does_not_take_it_from_who_published_it(town, source):
    other = a_source(town, "https://treci.example.org/feed")
    a_remote_item(other, 1, title="Dalje", relayed=True, state="withdrawn")
    a_remote_item(source, 1, title="Izvorno")
    assert "Izvorno" in rendered(town)
    RemoteItem.objects.filter(source=other).update(state="shown")
    assert "Izvorno" in rendered(town) and "Dalje" not in rendered(town)
