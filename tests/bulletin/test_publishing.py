"""An issue that people read, and what happens to it afterwards."""

import re
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from tests.bulletin.examples import an_issue, tell
from tests.factories.news import a_list, an_example
from tests.factories.remote import at_once as reads
from tests.factories.syndication import a_hub, a_town
from tests.syndication.newsdesk import tell as publish_news
from tests.syndication.passing.readings import FEED, an_entry, brought
from wagtail_diaspora.bulletin.actions import proposals, publishing
from wagtail_diaspora.bulletin.models import Contribution, Issue
from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.syndication.actions import marking
from wagtail_diaspora.syndication.models import Item

pytestmark = pytest.mark.django_db

HOST = {"host": "primjer.example.org"}
PLACE = "/diaspora/bulletin/"


@pytest.fixture
def issue(town, examples):
    issue = an_issue(town, introduction={"bs": "Šta su uradili drugi.", "de": "Was andere taten."})
    proposals.take(issue, examples[:2], user=None)
    return issue


def read(client, path, **query):
    answer = client.get(path, query, headers=HOST)
    return answer.status_code, answer.content.decode()


def cards(page):
    return re.findall(r'<h2 lang="[^"]*"><a href="[^"]*">([^<]*)</a></h2>', page)


def test_people_read_it_once_it_is_published_and_not_before(client, town, issue):
    status, page = read(client, PLACE)
    assert status == 200 and "Jesen" not in page and read(client, f"{PLACE}1/")[0] == 404
    assert f'<a href="{PLACE}">' not in read(client, "/diaspora/good-practice/")[1]
    publishing.publish(issue, user=None)
    assert "Br. 1: Jesen" in read(client, PLACE)[1]
    assert f'<a href="{PLACE}">' in read(client, "/diaspora/good-practice/")[1]
    status, page = read(client, f"{PLACE}1/")
    assert status == 200 and cards(page) == ["Čitanka", "Škola"] and "Šta su uradili drugi." in page
    assert "Was andere taten." in read(client, f"{PLACE}1/", language="de")[1]


def test_another_municipality_has_a_bulletin_of_its_own(client, issue):
    a_town("drugi.example.org")
    publishing.publish(issue, user=None)
    other = {"host": "drugi.example.org"}
    assert client.get(f"{PLACE}1/", headers=other).status_code == 404
    assert "Jesen" not in client.get(PLACE, headers=other).content.decode()


def test_an_empty_one_is_not_published(town):
    with pytest.raises(DiasporaError):
        publishing.publish(an_issue(town), user=None)
    assert not Issue.objects.exclude(state="draft", number=None).exists()


def test_numbers_have_no_gaps_and_stay(town, examples, issue):
    second = an_issue(town)
    proposals.take(second, examples[2:], user=None)
    publishing.publish(second, user=None)
    publishing.publish(issue, user=None)
    publishing.take_back(second, user=None)
    publishing.publish(second, user=None)
    assert list(Issue.objects.order_by("pk").values_list("number", flat=True)) == [2, 1]


def test_whoever_comes_second_is_told(issue):
    publishing.publish(issue, user=None)
    with pytest.raises(DiasporaError):
        publishing.publish(issue, user=None)
    publishing.take_back(issue, user=None)
    with pytest.raises(DiasporaError):
        publishing.take_back(issue, user=None)


def test_what_is_taken_back_is_read_by_nobody(client, issue):
    publishing.publish(issue, user=None)
    publishing.take_back(issue, user=None)
    assert read(client, f"{PLACE}1/")[0] == 404 and "Jesen" not in read(client, PLACE)[1]


def test_a_withdrawn_example_leaves_a_sentence_and_no_word_of_its_own(client, examples, issue):
    publishing.publish(issue, user=None)
    marking.withdraw(Item.objects.get(pk=examples[0]), note="Zabuna.", user=None)
    publish_news()
    page = read(client, f"{PLACE}1/")[1]
    assert cards(page) == ["Škola"] and "Čitanka" not in page
    assert "1 primjer koji je stajao ovdje" in page


def test_a_correction_stands_in_the_bulletin_as_well(client, town):
    page = an_example(a_list(town.site.root_page), "Čitnka")
    issue = an_issue(town)
    key = tell(town, page)
    proposals.take(issue, [key], user=None)
    publishing.publish(issue, user=None)
    page.title = "Čitanka"
    page.save_revision().publish()
    publish_news()
    assert cards(read(client, f"{PLACE}1/")[1]) == ["Čitanka"]


def test_the_network_has_proposed_what_it_passes_on():
    hub = a_hub()
    source = reads(hub, FEED, starts_anew=False)
    facts = {"kind": "good_practice", "example": {"problem": "Djeca nisu imala čitanku."}}
    assert brought(source, an_entry(ours=facts)) == 1
    (edition,) = proposals.proposed_to(hub, "bs")
    issue = an_issue(hub)
    proposals.take(issue, [edition.item_id], user=None)
    publishing.publish(issue, user=None)
    page = Client().get(f"{PLACE}1/", headers={"host": "mreza.example.org"}).content.decode()
    assert cards(page) == [edition.title] and "Općina Primjer, <time" in page


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_with_one_example_and_with_three(
    client, town, examples, count, django_assert_num_queries
):
    issue = an_issue(town)
    proposals.take(issue, examples[:count], user=None)
    publishing.publish(issue, user=None)
    read(client, PLACE)
    with django_assert_num_queries(5):
        assert len(cards(read(client, f"{PLACE}1/")[1])) == count


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_put_it_out_once(town, examples):
    issues = [an_issue(town) for _ in range(4)]
    for issue in issues:
        Contribution.objects.all().delete()
        proposals.take(issue, examples[:1], user=None)
        said = at_once(partial(publishing.publish, issue, user=None))
        assert sorted(said) == ["", "DiasporaError"]
    assert sorted(Issue.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_take_an_example_once(town, examples):
    issues = [an_issue(town), an_issue(town)]
    ways = iter(issues)
    at_once(lambda: proposals.take(next(ways), examples, user=None))
    assert Contribution.objects.count() == 3


def at_once(do):
    """By two threads; the name of the error of each, if any."""
    said, barrier = [], Barrier(2)

    def run():
        try:
            barrier.wait()
            do()
            said.append("")
        except Exception as error:
            said.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said
