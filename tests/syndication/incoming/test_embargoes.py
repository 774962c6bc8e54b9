"""What was sent ahead waits for its hour, whatever the format, the rule or a moderator says."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories.remote import a_source, at_once
from tests.syndication.feeds import NINJS_1, NINJS_3, atom, entry, item, json_feed, json_item, rss
from tests.syndication.incoming.polls import again, states
from tests.syndication.incoming.test_ingesting import a_feed, an_entry
from tests.syndication.test_desk import logged_in
from tests.syndication.web import Page
from wagtail_diaspora.syndication.actions import moderating, rounds
from wagtail_diaspora.syndication.actions.polling import poll
from wagtail_diaspora.syndication.formats import FORMATS
from wagtail_diaspora.syndication.jobs import JOBS
from wagtail_diaspora.syndication.models import Change, RemoteItem, RemoteState
from wagtail_diaspora.syndication.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

URL = "https://primjer.example.org/feed"
HOUR = timezone.now().replace(microsecond=0) + timedelta(days=2)
AHEAD, PAST = HOUR.isoformat(), (HOUR - timedelta(days=9)).isoformat()
ITEMS = "/admin/diaspora_remote_item/"


def available(value):
    return f"<dcterms:available>{value}</dcterms:available>"


def in_every_format(value):
    yield rss(item(more=available(value)))
    yield rss(item(more=available(f"start={value}; scheme=W3C-DTF")))
    yield atom(entry(more=available(value)))
    yield json_feed(json_item(_diaspora={"embargoed_until": value}))
    yield json.dumps(NINJS_1 | {"embargoed": value}).encode()
    yield json.dumps(NINJS_3 | {"embargoedUntil": value}).encode()


def test_an_embargo_is_read_in_every_format():
    for body in in_every_format(AHEAD):
        assert read(body, url=URL).entries[0].embargoed_until == HOUR
    for body in in_every_format(PAST):
        assert read(body, url=URL).entries[0].embargoed_until is None


def test_an_embargo_without_an_hour_that_can_be_read_leaves_the_entry_out():
    """It might be any hour, so nobody sees it."""
    unclear = [*in_every_format("uskoro"), json.dumps(NINJS_3 | {"embargoedReason": "Sjednica"}).encode()]
    for body in unclear:
        feed = read(body, url=URL)
        assert (feed.entries, feed.unusable) == ((), {"embargo": 1})


@pytest.mark.parametrize(
    ("value", "hour"),
    [
        ("2999", datetime(2999, 1, 1, tzinfo=UTC)),
        ("2999-03", datetime(2999, 3, 1, tzinfo=UTC)),
        ("2999-03-05", datetime(2999, 3, 5, tzinfo=UTC)),
        ("2020", None),
        ("end=2999-01-01", None),
        ("", None),
    ],
)
def test_dates_as_dublin_core_writes_them_are_read(value, hour):
    assert read(rss(item(more=available(value))), url=URL).entries[0].embargoed_until == hour


def test_what_is_withheld_is_not_shown_at_any_hour():
    withheld = NINJS_1 | {"pubstatus": "withheld", "embargoed": AHEAD}
    assert read(json.dumps(withheld).encode(), url=URL).entries[0].withdrawn


def serve(web, until=None, **more):
    ours = {"embargoed_until": until.isoformat()} if until else {}
    web.pages["/feed"] = Page(json_feed(json_item(_diaspora=ours, **more)))


def pass_time():
    RemoteItem.objects.update(embargoed_until=timezone.now() - timedelta(minutes=1))


def tick():
    (job,) = [job for job in JOBS if job.name == "syndication.release"]
    return job.run()


@pytest.mark.parametrize("name", ["rss", "atom", "feed", "ninjs1", "ninjs3"])
def test_what_we_send_ahead_waits_where_it_is_read(town, web, name):
    source = at_once(town, web.url("/feed"))
    ahead = an_entry(id=uuid4(), embargoed_until=HOUR)
    web.pages["/feed"] = Page(FORMATS[name].write(a_feed(ahead)))
    again(source)
    assert states(source) == {"Otvoren most": RemoteState.WAITING}
    assert source.items.get().embargoed_until == HOUR


@pytest.mark.parametrize(("make", "after"), [(at_once, "shown"), (a_source, "waiting")])
def test_at_its_hour_it_is_treated_as_its_source_says(town, web, make, after):
    source = make(town, web.url("/feed"))
    serve(web, HOUR)
    assert again(source) == 1
    assert tick() is None and states(source) == {"Otvoren most": "waiting"}
    pass_time()
    hour = RemoteItem.objects.get().embargoed_until
    assert tick() == "1 piece of news is free of its embargo."
    free = RemoteItem.objects.get()
    assert (free.state, free.embargoed_until, free.published_at, free.corrected) == (after, None, hour, False)
    assert tick() is None


def test_what_a_moderator_does_not_want_stays_hidden_at_its_hour(town, web):
    source = at_once(town, web.url("/feed"))
    serve(web, HOUR)
    again(source)
    assert moderating.hide([source.items.get()], user=None) == 1
    pass_time()
    tick()
    assert states(source) == {"Otvoren most": "hidden"}
    assert moderating.show([source.items.get()], user=None) == 1


def test_nobody_shows_it_before_and_the_hour_is_said(town, web):
    source = a_source(town, web.url("/feed"))
    serve(web, HOUR)
    again(source)
    item = source.items.get()
    editor = logged_in(town, "diaspora_syndication.change_remoteitem")
    url = f"{ITEMS}edit/{item.pk}/"
    page = editor.get(url).content.decode()
    assert "Its publisher has put it under embargo until" in page and 'value="shown"' not in page
    assert "Waits for a look; under embargo until" in editor.get(ITEMS).content.decode()
    assert moderating.show([item], user=None) == 0
    editor.post(url, {"state": "shown"})
    editor.post(f"/admin/bulk/diaspora_syndication/remoteitem/show/?id={item.pk}")
    assert states(source) == {"Otvoren most": "waiting"}
    pass_time()
    assert 'value="shown"' in editor.get(url).content.decode()
    assert moderating.show([item], user=None) == 1  # the clock has not been there yet
    assert (states(source), tick()) == ({"Otvoren most": "shown"}, None)


@pytest.mark.parametrize(("make", "after"), [(at_once, "shown"), (a_source, "waiting")])
def test_an_embargo_may_be_moved_and_lifted(town, web, make, after):
    source = make(town, web.url("/feed"))
    for hour in (HOUR, HOUR + timedelta(days=1)):
        serve(web, hour)
        assert again(source) == 1
        assert (source.items.get().embargoed_until, states(source)) == (hour, {"Otvoren most": "waiting"})
    serve(web)
    assert again(source) == 1
    free = source.items.get()
    assert (free.state, free.embargoed_until, free.corrected) == (after, None, False)


def test_an_embargo_takes_back_what_is_shown(town, web):
    source = at_once(town, web.url("/feed"))
    serve(web)
    again(source)
    assert RemoteItem.objects.for_readers(town).exists()
    serve(web, HOUR)
    again(source)
    assert not RemoteItem.objects.for_readers(town).exists()
    assert states(source) == {"Otvoren most": "waiting"}


def test_what_is_withdrawn_before_its_hour_never_comes(town, web):
    source = at_once(town, web.url("/feed"))
    serve(web, HOUR)
    again(source)
    web.pages["/feed"] = Page(json_feed(json_item(_diaspora={"withdrawn": True})))
    again(source)
    pass_time()
    tick()
    assert states(source) == {"Otvoren most": "withdrawn"}


def test_the_page_of_a_source_says_what_was_left_out(town, web):
    source = a_source(town, web.url("/feed"))
    web.pages["/feed"] = Page(json_feed(json_item(_diaspora={"embargoed_until": "uskoro"})))
    poll()
    editor = logged_in(town, "diaspora_syndication.change_remotesource")
    page = editor.get(f"/admin/diaspora_remote_source/edit/{source.pk}/").content.decode()
    assert "1 entry was left out, because it is under embargo, and nobody can tell until when." in page


def test_what_waits_for_its_hour_is_passed_on_then_and_taken_back_under_embargo(town, web):
    source = at_once(town, web.url("/feed"), passed_on="yes", starts_anew=False)

    def told():
        rounds.publish()
        rounds.compare()
        return list(Change.objects.order_by("number").values_list("kind", flat=True))

    serve(web, HOUR)
    again(source)
    assert told() == []
    pass_time()
    tick()
    assert told() == ["new"]
    serve(web, HOUR + timedelta(days=1))
    again(source)
    assert told() == ["new", "withdrawn"]


def test_what_a_person_shows_at_last_is_passed_on(town, web):
    source = a_source(town, web.url("/feed"), passed_on="yes", starts_anew=False)
    serve(web)
    again(source)
    rounds.publish()
    assert moderating.show([source.items.get()], user=None) == 1
    rounds.publish()
    assert list(Change.objects.values_list("kind", flat=True)) == ["new"]
