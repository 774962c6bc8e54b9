"""Feeds that are found, that move and that are gone."""

import pytest

from tests.factories.remote import a_source, at_once
from tests.syndication.feeds import item, rss
from tests.syndication.incoming.polls import again, logged, states
from tests.syndication.web import Page
from wagtail_diaspora.syndication.actions import moderating
from wagtail_diaspora.syndication.actions.polling import poll
from wagtail_diaspora.syndication.models import RemoteState, SourceState, Trouble

pytestmark = pytest.mark.django_db


def test_the_page_that_was_pasted_leads_to_the_feed(town, web):
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    web.pages["/"] = Page(f"<!DOCTYPE html><html><head>{link}</head></html>".encode())
    web.pages["/feed"] = Page(rss(item()))
    source = a_source(town, web.url("/"))
    assert source.is_new and (poll(), poll()) == (0, 1)
    source.refresh_from_db()
    assert (source.feed_url, source.home_url) == (web.url("/feed"), web.url("/"))
    assert (source.name, source.trouble, source.failures) == ("Općina Primjer", "", 0)
    assert states(source) == {"Otvoren most": RemoteState.WAITING}
    assert web.asked[0].headers["User-Agent"].endswith("(+http://mi.example.org)")


def test_a_page_without_a_feed_and_one_that_is_read_already_are_said_so(town, web):
    web.pages["/"] = Page(b"<html><link rel=alternate type=application/rss+xml href=/feed></html>")
    web.pages["/feed"] = Page(rss(item()))
    web.pages["/bare"] = Page(b"<html></html>")
    sources = [a_source(town, web.url(path)) for path in ("/feed", "/", "/bare")]
    poll()
    for source in sources:
        source.refresh_from_db()
    assert [source.trouble for source in sources] == ["", Trouble.TWICE, Trouble.NO_FEED]


def test_a_feed_that_is_gone_waits_for_a_person(town, web):
    source = a_source(town, web.url("/feed"))
    web.pages["/feed"] = Page(status=410)
    again(source)
    assert (source.state, source.trouble) == (SourceState.ASKS, Trouble.GONE)
    again(source)
    assert len(web.asked) == 1
    web.pages["/feed"] = Page(rss(item()))
    assert moderating.resume([source], user=None) == 1
    assert poll() == 1
    assert logged(source) == ["source_gone", "source_resumed"]


def test_a_feed_that_moved_is_read_until_a_person_has_decided(town, web):
    source = at_once(town, web.url("/old"))
    web.pages["/old"] = Page(rss())
    poll()
    web.pages["/old"] = Page(status=301, headers={"Location": "/new"})
    web.pages["/new"] = Page(rss(item()))
    assert again(source) == 1
    assert (source.state, source.proposed_url) == (SourceState.ASKS, web.url("/new"))
    web.pages["/new"] = Page(rss(item(), item(2)))
    assert again(source) == 1
    assert moderating.stay([source], user=None) == 1
    again(source)
    assert (source.state, source.feed_url, source.proposed_url) == (SourceState.ACTIVE, web.url("/old"), "")
    web.pages["/old"].headers = {"Location": "/newer"}
    web.pages["/newer"] = Page(rss(item(), item(2)))
    again(source)
    assert (source.state, source.proposed_url) == (SourceState.ASKS, web.url("/newer"))
    assert moderating.follow([source], user=None) == 1
    again(source)
    assert (source.state, source.feed_url, source.items.count()) == (SourceState.ACTIVE, web.url("/newer"), 2)
    assert logged(source) == ["source_moved", "source_stayed", "source_moved", "source_followed"]


def test_an_address_that_was_just_pasted_is_where_it_leads_to(town, web):
    web.pages["/old"] = Page(status=301, headers={"Location": "/new"})
    web.pages["/new"] = Page(rss(item()))
    first, second = a_source(town, web.url("/old")), a_source(town, web.url("/old?again"))
    web.pages["/old?again"] = web.pages["/old"]
    poll()
    for source in (first, second):
        source.refresh_from_db()
    assert (first.feed_url, first.state) == (web.url("/new"), SourceState.ACTIVE)
    assert (second.feed_url, second.state) == (web.url("/old?again"), SourceState.ASKS)


def test_a_new_address_that_is_read_already_ends_in_a_pause(town, web):
    other = a_source(town, web.url("/new"))
    source = a_source(town, web.url("/old"), state=SourceState.ASKS, proposed_url=other.feed_url)
    assert moderating.follow([source], user=None) == 1
    source.refresh_from_db()
    assert (source.state, source.feed_url) == (SourceState.PAUSED, web.url("/old"))


def test_a_passing_detour_asks_nobody(town, web):
    source = a_source(town, web.url("/old"))
    web.pages["/old"] = Page(status=302, headers={"Location": "/new"})
    web.pages["/new"] = Page(rss(item()))
    again(source)
    assert (source.state, source.proposed_url) == (SourceState.ACTIVE, "")
