from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from tests.factories.news import a_home, a_list, a_picture, a_piece, a_topic, an_event, an_example
from wagtail_diaspora.news.models import NewsPage
from wagtail_diaspora.news.models import listing as lists

pytestmark = pytest.mark.django_db


def titles(pages):
    return [page.title for page in pages]


def test_all_kinds_are_listed_newest_first(listing, show):
    a_piece(listing, "Stara", published_on=date(2025, 5, 1))
    an_example(listing, "Nova", published_on=date(2026, 5, 1))
    an_event(listing, "Srednja", published_on=date(2026, 1, 1))
    text = show(listing)
    assert text.index(">Nova<") < text.index(">Srednja<") < text.index(">Stara<")
    assert text.count("diaspora-card") >= 3


def test_nobody_sees_what_is_not_public(listing, show):
    a_piece(listing, "Povučena").unpublish()
    PageViewRestriction.objects.create(page=a_piece(listing, "Privatna"), restriction_type="login")
    section = listing.add_child(instance=Page(title="Zatvoreno"))
    PageViewRestriction.objects.create(page=section, restriction_type="password", password="x")
    a_piece(section, "U zatvorenom dijelu")
    listing.add_child(instance=NewsPage(title="Nacrt", summary="-", live=False))
    a_piece(a_list(a_home("drugi.example.org")), "Druge općine")
    a_piece(listing, "Javna")
    text = show(listing)
    assert "Javna" in text
    for title in ("Povučena", "Privatna", "Zatvoreno", "U zatvorenom dijelu", "Nacrt", "Druge općine"):
        assert title not in text, title


def test_a_reader_chooses_topic_kind_and_year(listing, show):
    culture, sport = a_topic("culture"), a_topic("sport", bs="Sport")
    of_culture = a_piece(listing, "Izložba", published_on=date(2026, 2, 1), topics=[culture])
    of_both = an_event(listing, "Turnir", published_on=date(2025, 2, 1), topics=[culture, sport])
    assert of_culture.topics.count() == 1 and of_both.topics.count() == 2
    for query, found in (
        ({}, {"Izložba", "Turnir"}),
        ({"topic": "culture"}, {"Izložba", "Turnir"}),
        ({"topic": "sport"}, {"Turnir"}),
        ({"kind": "news"}, {"Izložba"}),
        ({"year": "2025"}, {"Turnir"}),
        ({"topic": "culture", "kind": "event", "year": "2026"}, set()),
    ):
        text = show(listing, **query)
        assert {title for title in ("Izložba", "Turnir") if f">{title}<" in text} == found, query
        assert text.count(">Turnir<") <= 1
    assert '<option value="2026"' in text and '<option value="sport"' in text


@pytest.mark.parametrize(
    "query",
    [
        {"topic": "nowhere"},
        {"topic": "\x00"},
        {"kind": "'; drop"},
        {"kind": ["news", "event"]},
        {"year": "abcd"},
        {"year": "99999999999999999999"},
        {"page": "nonsense"},
        {"page": "-3"},
        {"page": "9" * 40},
        {"page": "\x00", "topic": "\u202e"},
    ],
)
def test_nonsense_is_answered(listing, show, query):
    a_piece(listing)
    assert "Novi most" in show(listing, **query) or query == {"kind": ["news", "event"]}


def test_an_empty_list_says_so(listing, show, english):
    empty = show(listing)
    assert "diaspora-box" in empty and "diaspora-cards" not in empty
    a_piece(listing, published_on=date(2025, 1, 1))
    a_topic("sport", bs="Sport")
    assert "diaspora-box" in show(listing, topic="sport")


def test_a_long_list_has_pages_that_keep_the_choice(listing, show):
    topic = a_topic()
    for number in range(listing.per_page + 1):
        a_piece(listing, f"Vijest {number}", published_on=date(2026, 1, 1 + number), topics=[topic])
    first, second = show(listing, topic="culture"), show(listing, topic="culture", page=2)
    assert ">Vijest 10<" in first and ">Vijest 0<" not in first and 'href="?topic=culture&page=2"' in first
    assert ">Vijest 0<" in second and ">Vijest 10<" not in second and 'rel="prev"' in second


def test_a_deleted_picture_leaves_its_page_in_the_list(listing, show, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = a_picture()
    a_piece(listing, picture=picture)
    assert "<img" in show(listing)
    picture.delete()
    assert "<img" not in show(listing) and "Novi most" in show(listing)


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_for_one_and_three(
    listing, show, count, settings, tmp_path, django_assert_max_num_queries
):
    settings.MEDIA_ROOT = tmp_path
    topic = a_topic()
    for number in range(count):
        for make in (a_piece, an_event, an_example):
            make(
                listing,
                f"{make.__name__} {number}",
                topics=[topic],
                picture=a_picture(f"{make.__name__}{number}"),
            )
    show(listing)
    with django_assert_max_num_queries(18):
        show(listing, topic="culture")


def test_coming_events_begin_with_the_next(listing):
    now = timezone.now()
    an_event(listing, "Kasnije", starts_at=now + timedelta(days=9))
    an_event(listing, "Uskoro", starts_at=now + timedelta(days=1))
    an_event(listing, "Traje", starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1))
    an_event(listing, "Prošlo", starts_at=now - timedelta(hours=1))
    found = lists.upcoming(listing.get_parent(), now=now)
    assert titles(found) == ["Traje", "Uskoro", "Kasnije"]


def test_each_kind_has_the_name_that_feeds_know():
    assert set(lists.kinds()) == {"news", "event", "good_practice"}


@pytest.mark.parametrize(
    ("chosen", "told"), [("", "Šta je novo & važno."), ("Za tražilice.", "Za tražilice.")]
)
def test_search_engines_are_told_what_is_listed(listing, show, chosen, told):
    listing.introduction, listing.search_description = "<p>Šta je <b>novo</b> &amp; važno.</p>", chosen
    listing.save()
    assert f'<meta name="description" content="{told}">' in show(listing)
