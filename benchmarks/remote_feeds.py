"""What the websites of P10 publish: 50 items with rich text and a picture, as our own feeds write them."""

from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

from wagtail_diaspora.syndication.entries import Entry, Feed, Picture, Publisher
from wagtail_diaspora.syndication.formats import FORMATS

FEEDS = 10_000
EVERY = 20
"""One in so many has something new."""
SAMPLE = 71
"""One in so many is parsed by the peer."""
ITEMS = 50
MARK = "4e7d1c52"
START = datetime(2026, 3, 1, tzinfo=UTC)
HOME = "https://primjer.example.org/"
PUBLISHER = Publisher(name="Općina Primjer", url=HOME)
PARAGRAPH = (
    "<p>Most preko Sane <b>ponovo je otvoren</b> za pješake i vozila. Radovi su trajali šest mjeseci, a "
    'sredstva je obezbijedila dijaspora. Više na <a href="https://example.org/most">stranici</a>.</p>'
)


def address(number: int, port: int) -> str:
    """Of another host for each."""
    return f"http://127.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255 or 1}:{port}/{number}"


def name(number: int) -> str:
    """Stands in the identity of each item of that feed."""
    return f"{number:08x}"


def is_changed(number: int) -> bool:
    return number % EVERY == 0


def etag(version: int) -> str:
    return f'"{version}"'


def body(number: int, version: int) -> bytes:
    """Of version 1, the newest item is new and the oldest of version 0 is gone."""
    return _template(version).replace(MARK.encode(), name(number).encode())


@cache
def _template(version: int) -> bytes:
    entries = tuple(_entry(place) for place in range(version + ITEMS, version, -1))
    feed = Feed(
        id="urn:primjer",
        url=f"{HOME}feed",
        home_url=HOME,
        title="Općina Primjer",
        language="bs",
        updated_at=entries[0].updated_at,
        publisher=PUBLISHER,
        entries=entries,
    )
    return FORMATS["rss"].write(feed)


def _entry(place: int) -> Entry:
    when = START + timedelta(days=place)
    picture = Picture(url=f"{HOME}{MARK}/{place}.jpg", length=90_000, width=800, height=600)
    return Entry(
        id=UUID(f"{MARK}-0000-4000-8000-{place:012x}"),
        version=1,
        language="bs",
        kind="news",
        url=f"{HOME}{MARK}/{place}",
        title=f"Vijest {place}",
        summary="Nakon obnove.",
        body=PARAGRAPH * 5,
        published_at=when,
        updated_at=when,
        publisher=PUBLISHER,
        picture=picture,
    )
