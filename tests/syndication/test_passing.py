"""A hub passes on what it shows: told once, followed, and in the name of whoever published it."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone, translation
from django.utils.translation import pgettext

from tests.factories.remote import a_source, at_once
from tests.factories.syndication import a_hub, a_partner, a_story, a_town, an_item
from tests.syndication.feeds import json_feed, json_item
from tests.syndication.newsdesk import a_told_item, lines, tell, tell_and_send
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.syndication.actions import (
    ingesting,
    moderating,
    passing,
    publishing,
    rendering,
    rounds,
    settling,
    weekly,
)
from wagtail_diaspora.syndication.actions.building import Speaker, entry_of
from wagtail_diaspora.syndication.fetching import Fetched
from wagtail_diaspora.syndication.models import (
    Change,
    Channel,
    Edition,
    FeedFile,
    Item,
    RemoteItem,
    RemoteSource,
)

pytestmark = pytest.mark.django_db

FEED = "https://drugi.example.org/feed"
KEY = "urn:uuid:00000000-0000-4000-8000-000000000001"


@pytest.fixture
def hub(db):
    return a_hub()


@pytest.fixture
def source(hub):
    """Read once already, when it had nothing."""
    return at_once(hub, FEED, name="Općina Drugi", home_url="https://drugi.example.org/", starts_anew=False)


def kinds(**where):
    return list(Change.objects.filter(**where).order_by("channel", "number").values_list("kind", flat=True))


def read(source, *items, **about):
    """One reading, of a feed that answers so."""
    RemoteSource.objects.filter(pk=source.pk).update(lease_token="x")
    source.refresh_from_db()
    body, url = json_feed(*items, **about), source.feed_url
    return settling.settle(source, Fetched(url=url, status=200, headers={}, body=body, permanent_url=url))


def brought(source, *items, **about):
    """The same, and what is told then."""
    read(source, *items, **about)
    return passing.pass_on_due() + publishing.reconcile_due()


def an_entry(number=1, **more):
    ours = more.pop("ours", {})
    return json_item(number, id=f"urn:uuid:{UUID(int=number)}", _diaspora=ours, **more)


def feed_of(hub, file="all/feed.json", language="bs"):
    rendering.render_due()
    return bytes(FeedFile.objects.get(path=f"{hub.code}/{language}/{file}").body).decode()


def entry(hub):
    edition = Edition.objects.select_related("item").get()
    return entry_of(edition, Speaker.of(hub, edition.language))


def test_what_is_shown_stands_in_the_hubs_feeds_in_its_publishers_name(hub, source):
    facts = {"kind": "event", "version": 4, "rights": "CC BY 4.0", "rights_url": "https://cc.example.org/by"}
    contact = {"email": "press@drugi.example.org", "phone": "+387 33 1"}
    assert brought(source, an_entry(ours={**facts, "contact": contact}, authors=[{"name": "Ured"}])) == 1
    told = entry(hub)
    assert (told.id, told.kind, told.version) == (UUID(int=1), "event", 1)
    assert (told.url, told.published_at) == (json_item(1)["url"], datetime(2026, 3, 1, 10, tzinfo=UTC))
    assert (told.origin.name, told.origin.url) == ("Općina Drugi", "https://drugi.example.org/")
    assert told.origin.feed_url == FEED
    assert (told.publisher.name, told.publisher.email) == ("Općina Drugi", "press@drugi.example.org")
    assert (told.author, told.rights, told.rights_url) == ("Ured", "CC BY 4.0", "https://cc.example.org/by")
    change = Change.objects.get()
    assert (change.origin_version, change.quiet, change.kind) == (4, False, "new")
    assert Channel.objects.get().municipality == hub and "Otvoren most" in feed_of(hub)
    assert rounds.publish() == rounds.compare() == 0


def test_the_feed_itself_is_the_hubs(hub, source):
    brought(source, an_entry())
    assert '"authors":[{"name":"Grad Primjer"' in feed_of(hub).partition('"items"')[0]


@pytest.mark.parametrize(
    ("kind", "choice", "count"),
    [("network", "usual", 1), ("opcina", "usual", 0), ("opcina", "yes", 1), ("network", "no", 0)],
)
def test_a_network_passes_on_and_a_town_does_not_unless_it_says_so(db, kind, choice, count):
    where = a_hub() if kind == "network" else a_town("mi.example.org", kind=kind)
    source = at_once(where, FEED, passed_on=choice, starts_anew=False)
    assert brought(source, an_entry()) == count
    assert passing.pass_on_all() == 0 and Item.objects.count() == count


def test_what_waits_for_a_look_or_is_hidden_is_not_passed_on(hub):
    waits = a_source(hub, FEED, starts_anew=False)
    assert brought(waits, an_entry()) == 0
    moderating.show([waits.items.get()], user=None)
    assert rounds.publish() == 1


def test_an_update_is_an_update_and_a_correction_is_told_with_its_sentence(hub, source):
    partner = a_partner(hub)
    brought(source, an_entry())
    tell_and_send()
    brought(source, an_entry(summary="Drugo."))
    brought(source, an_entry(summary="Drugo.", ours={"corrected": True, "note": "Dan je utorak."}))
    assert kinds() == ["new", "updated", "corrected"]
    told = entry(hub)
    assert (told.corrected, told.note) == (True, "Dan je utorak.")
    tell_and_send()
    assert [kind for kind, _version, _state in lines(partner=partner)] == ["new", "corrected"]
    brought(source, an_entry(summary="Treće.", ours={"corrected": True, "note": "Dan je utorak."}))
    assert kinds()[-1] == "updated" and entry(hub).note == "Dan je utorak."
    brought(source, an_entry(summary="Treće.", ours={"corrected": True, "note": "Ipak je petak."}))
    assert kinds()[-1] == "corrected" and rounds.compare() == 0


def test_a_correction_is_said_once_in_what_is_read(hub, source):
    """Our own feeds repeat the sentence at the head of the text."""
    said = {"corrected": True, "note": "Dan je utorak."}
    body = "<p><strong>Ispravka: Dan je utorak.</strong></p>\n<p>Most je otvoren.</p>"
    brought(source, an_entry(content_html=body, summary="Ispravka: Dan je utorak.\nMost.", ours=said))
    told = entry(hub)
    assert (told.body, told.summary, told.note) == ("<p>Most je otvoren.</p>", "Most.", "Dan je utorak.")


def test_a_withdrawal_takes_the_bytes_and_keeps_name_address_and_origin(hub, source, monkeypatch):
    partner, late = a_partner(hub), a_partner(hub)
    brought(source, an_entry())
    tell_and_send()
    late.deliveries.all().delete()
    assert FeedFile.objects.exists()
    read(source, an_entry(ours={"withdrawn": True, "note": "Nije istina.", "version": 2}))
    assert passing.pass_on_due() == 1 and not FeedFile.objects.exists()
    assert Change.objects.last().origin_version == 2
    rounds.publish()
    told = entry(hub)
    assert (told.withdrawn, told.note, told.body) == (True, "Nije istina.", "")
    assert (told.id, told.url, told.origin.name) == (UUID(int=1), json_item(1)["url"], "Općina Drugi")
    tell()
    assert [line[0] for line in lines(partner=partner)] == ["new", "withdrawn"] and not lines(partner=late)
    assert '"origin":{"name":"Općina Drugi"' in feed_of(hub)


def test_what_is_withdrawn_before_anybody_looked_is_told_to_nobody(hub):
    waits = a_source(hub, FEED, starts_anew=False)
    brought(waits, an_entry())
    brought(waits, an_entry(ours={"withdrawn": True}))
    assert kinds() == [] and not Item.objects.exists()


def test_what_the_hub_hides_leaves_its_feeds_in_that_moment(hub, source):
    brought(source, an_entry())
    rendering.render_due()
    moderating.hide([source.items.get()], user=None)
    assert not FeedFile.objects.exists() and kinds() == ["new", "withdrawn"]
    assert Change.objects.last().note == ""
    assert rounds.publish() == rounds.compare() == 0
    moderating.show([source.items.get()], user=None)
    assert rounds.publish() == 1 and kinds()[-1] == "new"


def test_what_is_hidden_while_it_is_told_leaves_with_the_next_round(hub, source, monkeypatch):
    read(source, an_entry())
    record = passing.record

    def late(*args):
        moderating.hide([RemoteItem.objects.get()], user=None)
        return record(*args)

    monkeypatch.setattr(passing, "record", late)
    passing.pass_on_due()
    monkeypatch.undo()
    rounds.publish()
    assert Edition.objects.get().state == "withdrawn"


def test_what_is_hidden_stays_hidden_when_another_source_brings_it(hub, source):
    brought(source, an_entry())
    moderating.hide([source.items.get()], user=None)
    other = at_once(hub, "https://treci.example.org/feed", starts_anew=False)
    assert brought(other, an_entry()) == 0 and other.items.get().state == "hidden"


def test_a_source_that_is_deleted_takes_its_news_along(hub, source):
    brought(source, an_entry())
    source.delete()
    rounds.publish()
    assert kinds() == ["new", "withdrawn"] and rounds.compare() == 0


def test_the_guarantee_finds_a_source_that_is_gone_without_a_signal(hub, source):
    brought(source, an_entry())
    Item.objects.update(source=None, remote=None)
    RemoteItem.objects.all().delete()
    RemoteSource.objects.filter(pk=source.pk)._raw_delete("default")
    assert rounds.compare() == 1 and kinds()[-1] == "withdrawn"


def test_a_source_that_is_switched_off_takes_its_news_along(hub, source):
    brought(source, an_entry(), an_entry(2))
    RemoteItem.objects.filter(identity=UUID(int=2)).delete()
    RemoteSource.objects.update(passed_on="no")
    assert rounds.compare() == 2 and kinds() == ["new", "new", "withdrawn", "withdrawn"]
    assert rounds.compare() == 0


def test_what_makes_room_stays_as_told_and_is_withdrawn_all_the_same(hub, source, monkeypatch):
    monkeypatch.setattr(ingesting, "KEPT", 1)
    brought(source, an_entry())
    brought(source, an_entry(2))
    assert source.items.count() == 1 and rounds.compare() == 0
    assert kinds() == ["new", "new"]
    brought(source, an_entry(2), an_entry(1, ours={"withdrawn": True, "note": "Nije istina."}))
    assert kinds() == ["new", "new", "withdrawn"] and Change.objects.last().note == "Nije istina."


def test_what_waits_again_leaves_the_feeds_and_what_comes_back_does_not(hub, source):
    brought(source, an_entry(), an_entry(2))
    RemoteItem.objects.filter(identity=UUID(int=1)).update(state="waiting")
    RemoteItem.objects.filter(identity=UUID(int=2)).delete()
    RemoteSource.objects.update(rule="after_a_look", body_hash="")
    brought(source, an_entry(), an_entry(2, title="Opet"))
    told = {edition.name.int: edition.state for edition in Edition.objects.all()}
    assert told == {1: "withdrawn", 2: "public"} and rounds.compare() == 0
    moderating.show(RemoteItem.objects.all(), user=None)
    rounds.publish()
    assert sorted(kinds()) == ["new", "new", "new", "updated", "withdrawn"]


@pytest.mark.parametrize("how", ["killed", "twice"])
def test_a_kill_or_a_second_worker_loses_and_doubles_nothing(hub, source, how, monkeypatch):
    read(source, an_entry(), an_entry(2))
    if how == "killed":
        RemoteSource.objects.update(look_at=None)
        assert rounds.publish() == 0 and rounds.compare() == 2
    else:
        stale = RemoteSource.objects.select_related("municipality").get()
        look = passing.Comparison.__init__

        def late(self, *args):
            look(self, *args)
            monkeypatch.undo()
            assert passing.pass_on_due() == 2

        monkeypatch.setattr(passing.Comparison, "__init__", late)
        assert passing.pass_on(stale) == 0
    assert kinds() == ["new", "new"] and Item.objects.count() == 2


def test_what_happens_while_it_is_compared_is_looked_at_again(hub, source):
    read(source, an_entry())
    stale = RemoteSource.objects.select_related("municipality").get()
    later = timezone.now() + timedelta(seconds=5)
    RemoteSource.objects.update(look_at=later)
    passing._pass_on_due(stale)
    assert RemoteSource.objects.get().look_at == later


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


def test_a_first_reading_floods_nobody(hub):
    partner = a_partner(hub)
    source = at_once(hub, FEED)
    brought(source, an_entry(), an_entry(2))
    assert tell() == 0 and not lines() and feed_of(hub).count('"date_published"') == 2
    brought(source, an_entry(), an_entry(2), an_entry(3, title="Nova"))
    tell_and_send()
    assert [line.title for line in partner.deliveries.all()] == ["Nova"]
    brought(source, an_entry(1, ours={"withdrawn": True}))
    assert tell() == 0 and Channel.objects.get().told == Channel.objects.get().number


def test_after_a_pause_what_was_missed_floods_nobody(hub, source):
    a_partner(hub)
    moderating.pause([source], user=None)
    moderating.resume([source], user=None)
    brought(source, an_entry())
    brought(source, an_entry(), an_entry(2, title="Nova"))
    tell_and_send()
    assert list(Change.objects.order_by("number").values_list("quiet", flat=True)) == [True, False]
    assert len(lines()) == 1


@pytest.mark.parametrize("unchanged", ["304", "the same"])
def test_a_reading_without_anything_new_ends_the_quiet(hub, source, unchanged):
    RemoteSource.objects.update(starts_anew=True, lease_token="x")
    source.refresh_from_db()
    status = 304 if unchanged == "304" else 200
    answer = Fetched(url=FEED, status=status, headers={}, body=b"", permanent_url=FEED)
    if status == 200:
        source.body_hash = settling.hashlib.sha256(b"").hexdigest()
    settling.settle(source, answer)
    assert RemoteSource.objects.get().starts_anew is False


def test_one_that_fails_does_not_hold_up_the_others(hub, source, monkeypatch, caplog):
    read(source, an_entry(), an_entry(2))
    record = passing.record

    def fail(item, *args):
        if item.remote.identity == UUID(int=1):
            raise RuntimeError("broken")
        return record(item, *args)

    monkeypatch.setattr(passing, "record", fail)
    assert passing.pass_on_due() == 1 and "follow failed" in caplog.text
    monkeypatch.undo()
    assert rounds.compare() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_comparing_costs_the_same_for_one_and_three(hub, source, count, django_assert_num_queries):
    brought(source, *(an_entry(number) for number in range(1, count + 1)))
    with django_assert_num_queries(7):
        assert passing.pass_on_all() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_building_costs_the_same_for_one_and_three(hub, source, count, django_assert_num_queries):
    brought(source, *(an_entry(number) for number in range(1, count + 1)))
    with django_assert_num_queries(15):
        assert rendering.render_due() == 1


def test_pages_and_news_of_others_share_one_count(hub, source):
    an_item(hub, a_story(hub))
    publishing.reconcile_due()
    brought(source, an_entry())
    assert list(Change.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert rounds.compare() == 0


def test_search_engines_and_the_weekly_count_get_the_hubs_own_only(hub, source, client):
    an_item(hub, a_story(hub, "Naša", date=timezone.localdate()))
    brought(source, an_entry(date_published=timezone.now().isoformat()))
    found = client.get("/diaspora/news-sitemap.xml", headers={"host": "mreza.example.org"}).content.decode()
    assert "Otvoren most" not in found and "Naša" in found
    assert weekly._week_of(hub)["marked"] == 1


def test_what_was_withdrawn_elsewhere_makes_no_page_gone(hub, source, client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "wagtail_diaspora.syndication.middleware.GoneMiddleware"]
    brought(source, an_entry())
    brought(source, an_entry(ours={"withdrawn": True}))
    for host in ("mreza.example.org", "nepoznat.example.org"):
        assert client.get("/vijesti/1", headers={"host": host}).status_code in (301, 404)


@pytest.mark.parametrize("how", ["resumed", "followed", "typed"])
def test_what_stands_at_another_address_floods_nobody(hub, source, how):
    if how == "resumed":
        RemoteSource.objects.update(state="asks", trouble="gone")
        source.refresh_from_db()
        moderating.resume([source], user=None)
    elif how == "followed":
        RemoteSource.objects.update(state="asks", proposed_url="https://novi.example.org/feed")
        source.refresh_from_db()
        moderating.follow([source], user=None)
    else:
        admin = logged_in(hub, "diaspora_syndication.change_remotesource")
        said = {"feed_url": "https://novi.example.org/feed", "rule": "at_once", "passed_on": "usual"}
        assert admin.post(f"/admin/diaspora_remote_source/edit/{source.pk}/", said).status_code == 302
    assert RemoteSource.objects.get().starts_anew


def plain(message):
    return message.get_body(("plain",)).get_content()


def html(message):
    return message.get_body(("html",)).get_content()


def test_a_mail_says_whose_news_it_is(hub, source, smtp):
    a_partner(hub)
    contact = {"email": "press@drugi.example.org", "phone": "+387 33 1"}
    brought(source, an_entry(ours={"contact": contact}))
    tell_and_send()
    names = {"town": "Općina Drugi", "hub": "Grad Primjer"}
    with translation.override("bs"):
        said = pgettext("press", "Published by %(town)s, passed on by %(hub)s.") % names
        where = pgettext("press", "On the website of %(town)s:") % names
    for words in (plain(smtp.messages[0]), html(smtp.messages[0])):
        assert said in words and where in words and json_item(1)["url"] in words
        assert "Općina Drugi, +387 33 1, press@drugi.example.org" in words
        assert re.search(r"Općina Drugi, (<time[^>]*>)?1\. mart 2026\.", words)
    brought(source, an_entry(ours={"withdrawn": True, "note": "Nije istina."}))
    tell_and_send()
    gone = plain(smtp.messages[1])
    assert "Nije istina." in gone and "Općina Drugi" in gone
    assert smtp.messages[1]["In-Reply-To"] == smtp.messages[0]["Message-ID"]


def test_a_mail_names_the_hubs_contact_where_no_other_is_known(hub, source, smtp):
    a_partner(hub)
    brought(source, an_entry())
    tell_and_send()
    assert "press@example.org" in plain(smtp.messages[0])


def test_a_page_of_the_hubs_own_says_nothing_of_passing_on(hub, smtp):
    a_partner(hub)
    a_told_item(hub)
    assert "Grad Primjer, 1. mart 2026." in plain(smtp.messages[0])
    with translation.override("bs"):
        assert pgettext("press", "On our website:") in plain(smtp.messages[0])
