from datetime import timedelta

from wagtail_diaspora.syndication.formats.sitemap import write_news_sitemap

from .making import SITE, UPDATED, make_entry, make_feed, make_withdrawn
from .reading import elements, texts

HOUR = timedelta(hours=1)


def published(number, hours, **facts):
    return make_entry(number, published_at=UPDATED - hours * HOUR, **facts)


def test_only_what_is_younger_than_two_days_is_listed():
    feed = make_feed(published(1, 0), published(2, 48), published(3, 49))
    assert texts(write_news_sitemap(feed), "urlset/url/loc") == [f"{SITE}/vijesti/1/", f"{SITE}/vijesti/2/"]


def test_the_two_days_end_when_the_caller_says():
    feed = make_feed(published(1, 0), published(2, 20))
    assert texts(write_news_sitemap(feed, now=UPDATED + 30 * HOUR), "urlset/url/loc") == [
        f"{SITE}/vijesti/1/"
    ]
    assert elements(write_news_sitemap(feed, now=UPDATED + 49 * HOUR), "urlset/url") == []


def test_what_was_withdrawn_is_not_listed():
    assert elements(write_news_sitemap(make_feed(make_withdrawn(published_at=UPDATED))), "urlset/url") == []


def test_an_item_names_its_publication_day_and_title():
    document = write_news_sitemap(make_feed(published(1, 1, language="sr", title="Мост & пут")))
    news = {name: texts(document, f"urlset/url/news/{name}") for name in ("publication_date", "title")}
    assert news == {"publication_date": ["2026-03-05T13:00:05Z"], "title": ["Мост & пут"]}
    assert texts(document, "urlset/url/news/publication/name") == ["Općina Primjer"]
    assert texts(document, "urlset/url/news/publication/language") == ["sr"]


def test_no_more_are_listed_than_a_search_engine_takes():
    feed = make_feed(*(published(number, 1) for number in range(1, 1003)))
    assert len(elements(write_news_sitemap(feed), "urlset/url")) == 1000
