"""One reading of a feed by a hub, and what the hub then tells."""

from uuid import UUID

from tests.syndication.feeds import json_feed, json_item
from wagtail_diaspora.syndication.actions import passing, publishing, rendering, settling
from wagtail_diaspora.syndication.actions.building import Speaker, entry_of
from wagtail_diaspora.syndication.fetching import Fetched
from wagtail_diaspora.syndication.models import Edition, FeedFile, RemoteSource

FEED = "https://drugi.example.org/feed"
KEY = "urn:uuid:00000000-0000-4000-8000-000000000001"


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
