"""What the websites of P10 publish: 50 items with rich text and a picture, as our own feeds have them."""

from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

ITEMS = 50
EVERY = 20
"""One in so many has something new."""
START = datetime(2026, 3, 1, tzinfo=UTC)
MARK = "4e7d1c52"
PARAGRAPH = (
    "<p>Most preko Sane <b>ponovo je otvoren</b> za pješake i vozila. Radovi su trajali šest mjeseci, a "
    'sredstva je obezbijedila dijaspora. Više na <a href="https://example.org/most">stranici</a>.</p>'
)


def address(number: int, port: int) -> str:
    """Of another host for each, as 10,000 municipalities would have."""
    return f"http://127.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}:{port}/{number}"


def is_changed(number: int) -> bool:
    return number % EVERY == 0


def etag(version: int) -> str:
    return f'"{version}"'


def body(number: int, version: int) -> bytes:
    """Of version 1, the newest item is new and the oldest is gone."""
    return _template(version).replace(MARK.encode(), f"{number:08x}".encode())


@cache
def _template(version: int) -> bytes:
    from wagtail_diaspora.syndication.entries import Feed, Publisher
    from wagtail_diaspora.syndication.formats import FORMATS

    publisher = Publisher(name="Općina Primjer", url="https://primjer.example.org/")
    entries = tuple(_entry(place, publisher) for place in range(version + ITEMS, version, -1))
    feed = Feed(
        id="urn:primjer",
        url="https://primjer.example.org/feed",
        home_url="https://primjer.example.org/",
        title="Općina Primjer",
        language="bs",
        updated_at=entries[0].updated_at,
        publisher=publisher,
        entries=entries,
    )
    return FORMATS["rss"].write(feed)


def _entry(place: int, publisher):
    from wagtail_diaspora.syndication.entries import Entry, Picture

    when = START + timedelta(days=place)
    return Entry(
        id=UUID(f"{MARK}-0000-4000-8000-{place:012x}"),
        version=1,
        language="bs",
        kind="news",
        url=f"https://primjer.example.org/{MARK}/{place}",
        title=f"Vijest {place}",
        summary="Nakon obnove.",
        body=PARAGRAPH * 5,
        published_at=when,
        updated_at=when,
        publisher=publisher,
        picture=Picture(
            url=f"https://primjer.example.org/{MARK}/{place}.jpg", length=90_000, width=800, height=600
        ),
    )
