"""What is written anew when something changes, and what stays as it is to the byte."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from tests.factories.remote import a_remote_item, at_once
from tests.factories.syndication import a_hub, a_partner, a_story, an_item
from tests.host.models import BlogPage
from wagtail_diaspora.municipalities.models import Municipality, Topic
from wagtail_diaspora.syndication import addresses, tokens
from wagtail_diaspora.syndication.actions import (
    marking,
    partnering,
    private_feeds,
    rendering,
    rounds,
    scripting,
    writing,
)
from wagtail_diaspora.syndication.formats import FORMATS
from wagtail_diaspora.syndication.models import Channel, FeedFile, Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def archived(town, monkeypatch):
    """Three archives of one item each, in two formats."""
    monkeypatch.setattr(writing, "FEED_LENGTH", 1)
    return [publish(town, f"Vijest {number}") for number in range(3)]


@pytest.fixture
def written(monkeypatch):
    """Paths, in the order in which they are written."""
    paths, write = [], writing.Writer._write

    def note(self, path, *args, **more):
        paths.append(path)
        return write(self, path, *args, **more)

    monkeypatch.setattr(writing.Writer, "_write", note)
    return paths


def publish(town, title):
    item = an_item(town, a_story(town, title))
    rounds.publish()
    return item


def kept():
    """What is sent of each file, and how it is validated."""
    return {row.path: (bytes(row.packed), row.etag, row.changed_at) for row in FeedFile.objects.all()}


def archives(paths):
    return sorted({path.split("/")[2] for path in paths if "all." in path})


def test_an_archive_in_which_nothing_changed_stays_to_the_byte(town, archived, written):
    before = kept()
    publish(town, "Nova")
    after = kept()
    assert archives(written) == ["all.3", "all.4"]  # the last one leads to the new one now
    assert len(written) == len(FORMATS) + 2 * len(writing.ARCHIVED)
    for path in before:
        stays = "all.1" in path or "all.2" in path
        assert (after[path] == before[path]) == stays, path


@pytest.mark.parametrize("count", [1, 3])
def test_archives_in_which_nothing_changed_are_not_even_read(
    town, count, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(writing, "FEED_LENGTH", 1)
    for number in range(count):
        an_item(town, a_story(town, f"Vijest {number}"))
    rounds.publish()
    publish(town, "Nova")
    Channel.objects.update(rendered="")
    with django_assert_num_queries(15):
        rendering.render(Channel.objects.get())


def test_a_correction_rewrites_the_archive_that_has_the_item(town, archived, written):
    BlogPage.objects.filter(title="Vijest 1").update(intro="Bez greške.")
    marking.correct(archived[1], note="Datum je bio pogrešan.", user=None)
    rounds.publish()
    assert archives(written) == ["all.2"]
    assert b"Bez gre" in FeedFile.objects.get(path__endswith="all.2/rss.xml").body


def test_a_withdrawal_takes_away_and_rewrites_what_has_the_item(town, archived, written):
    marking.withdraw(archived[1], note="Nije tačno.", user=None)
    assert archives(kept()) == ["all.1", "all.3"]
    rounds.publish()
    assert archives(written) == ["all.2"]
    assert b"Vijest 1" not in FeedFile.objects.get(path__endswith="all.2/rss.xml").body


def test_another_name_of_the_municipality_is_in_every_document(town, archived, written):
    town.name = {"bs": "Novo ime"}
    town.save()
    rounds.publish()
    assert len(written) == len(kept()) and archives(written) == ["all.1", "all.2", "all.3"]


def test_a_topic_without_news_of_its_own_is_not_written(town, written):
    roads = Topic.objects.create(code="roads", name={"bs": "Putevi"})
    publish(town, "Cesta").topics.add(roads)
    marking.look_again(Item.objects.all())
    rounds.publish()
    before = kept()
    written.clear()
    publish(town, "Škola")
    assert {path.split("/")[2] for path in written} == {"all"}
    roads = {path: row for path, row in before.items() if "/roads/" in path}
    assert roads and roads.items() <= kept().items()


def test_what_never_was_public_is_taken_from_partners_that_had_it_only(town, client):
    publish(town, "Javna")
    takes, leaves = (a_partner(town, way="feed", takes_embargoed=taken) for taken in (True, False))
    item = an_item(town, a_story(town, "Tajna"))
    Item.objects.filter(pk=item.pk).update(embargo_until=timezone.now() + timedelta(hours=1))
    partnering.settle_choice(takes)
    rounds.publish()
    before = kept()
    marking.withdraw(Item.objects.get(pk=item.pk), note="", user=None)
    carried = set(takes.files.values_list("path", flat=True))
    assert not carried and leaves.files.exists() and kept().items() <= before.items()
    assert client.get(f"/diaspora/feeds/{town.code}/bs/all/rss.xml").status_code == 200
    rounds.publish()
    public = {path: row for path, row in before.items() if path.startswith(f"{town.code}/")}
    assert public and public.items() <= kept().items()
    assert takes.files.exists() and not any(b"Tajna" in file.body for file in takes.files.all())


@pytest.mark.parametrize(
    "revoke",
    [
        lambda partner: partnering.leave(partner),
        lambda partner: partnering.pause(partner),
        lambda partner: partnering.renew_links(partner, user=None),
    ],
)
def test_a_feed_that_is_revoked_while_it_is_written_does_not_come_back(town, monkeypatch, client, revoke):
    partner = a_partner(town, way="feed")
    an_item(town)
    rounds.publish()
    Channel.objects.update(rendered="")
    address = addresses.feed(addresses.private_path(tokens.partner_token(partner), "bs", FORMATS["rss"]))
    assert client.get(address).status_code == 200
    keep = rendering._keep

    def late(channel, files):
        revoke(partner)
        keep(channel, files)

    FeedFile.objects.filter(partner=partner).delete()
    monkeypatch.setattr(rendering, "_keep", late)
    rendering.render(Channel.objects.get())
    assert not FeedFile.objects.filter(partner=partner).exists()
    monkeypatch.undo()
    rounds.publish()
    assert client.get(address).status_code == 404


def test_no_address_of_a_partner_stands_in_the_database(town, client):
    partner = a_partner(town, way="feed")
    an_item(town)
    rounds.publish()
    token = tokens.partner_token(partner)
    own = list(FeedFile.objects.filter(partner=partner))
    assert len(own) == len(FORMATS)
    for file in own:
        said = f"{file.path} {file.url} {file.link} {file.etag}".encode() + file.body
        assert token.encode() not in said, file.path
    for form in FORMATS.values():
        address = addresses.feed(addresses.private_path(token, "bs", form))
        assert client.get(address).status_code == 200
        assert client.get(address.replace(token, own[0].path.split("/")[1])).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        lambda hub: Site.objects.filter(pk=hub.site_id).update(hostname="nova.example.org"),
        lambda hub: Municipality.objects.filter(pk=hub.pk).update(name={"bs": "Nova mreža"}),
    ],
)
def test_what_a_hub_is_called_behind_our_back_is_in_its_feeds(client, change):
    """No item of its own changes with it."""
    hub = a_hub()
    a_remote_item(at_once(hub, "https://drugi.example.org/feed", starts_anew=False))
    rounds.compare()
    rounds.publish()
    before = client.get("/diaspora/feeds/mreza/bs/all/feed.json")
    change(hub)
    rounds.publish()
    asked = {"if_modified_since": before["Last-Modified"]}
    after = client.get("/diaspora/feeds/mreza/bs/all/feed.json", headers=asked)
    assert after.status_code == 200 and "nova" in after.content.decode().lower()
    number = Channel.objects.get().number
    rounds.publish()
    assert Channel.objects.get().number == number


def test_a_hub_without_a_website_has_no_feeds(client):
    hub = a_hub()
    a_remote_item(at_once(hub, "https://drugi.example.org/feed", starts_anew=False))
    rounds.compare()
    rounds.publish()
    site = {"hostname": "mreza.example.org", "root_page": hub.site.root_page, "port": 80}
    hub.site.delete()
    rounds.publish()
    assert client.get("/diaspora/feeds/mreza/bs/all/feed.json").status_code == 404
    Municipality.objects.update(site=Site.objects.create(**site))
    rounds.publish()
    assert client.get("/diaspora/feeds/mreza/bs/all/feed.json").status_code == 200


def test_only_what_stands_in_a_file_that_changed_is_written_in_another_script(town, monkeypatch):
    """A feed looks back to 500 items, and has 50 of them."""
    written, write = [], scripting._written
    monkeypatch.setattr(scripting, "_written", lambda entry, *how: written.append(1) or write(entry, *how))
    for module in (writing, private_feeds):
        monkeypatch.setattr(module, "FEED_LENGTH", 1)
    for number in range(3):
        publish(town, f"Vijest {number}")
    a_partner(town, way="feed", script="cyrillic")
    written.clear()
    publish(town, "Nova")
    assert len(written) == 1
    assert "Нова" in FeedFile.objects.get(partner__isnull=False, path__endswith="rss.xml").body.decode()
