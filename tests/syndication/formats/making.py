"""Entries and feeds for the tests of formats."""

from datetime import UTC, datetime
from uuid import UUID

from wagtail_diaspora.syndication.entries import (
    Entry,
    Feed,
    Happening,
    Origin,
    Picture,
    Publisher,
    Sound,
    TopicName,
)

PUBLISHED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
UPDATED = datetime(2026, 3, 5, 14, 0, 5, tzinfo=UTC)
SITE = "https://opcina.example.org"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"

PUBLISHER = Publisher(
    name="Općina Primjer", url=f"{SITE}/", email="press@opcina.example.org", phone="+38733000000"
)
PICTURE = Picture(
    url=f"{SITE}/media/most.jpg",
    length=183_402,
    width=1600,
    height=900,
    alt="Novi most preko rijeke",
    credit="Foto: Općina Primjer",
)
SOUND = Sound(url=f"{SITE}/media/most.mp3", length=812_000, seconds=51)
ORIGIN = Origin(
    name="Grad Uzor", url="https://uzor.example.com/vijest/", feed_url="https://uzor.example.com/rss.xml"
)
HAPPENING = Happening(starts_at=datetime(2026, 4, 1, 16, tzinfo=UTC), place="Dom kulture")


def make_entry(number: int = 1, **facts) -> Entry:
    given = {
        "id": UUID(int=number),
        "version": 3,
        "language": "bs",
        "kind": "news",
        "url": f"{SITE}/vijesti/{number}/",
        "title": "Otvoren novi most",
        "published_at": PUBLISHED,
        "updated_at": UPDATED,
        "publisher": PUBLISHER,
        "summary": "Most je otvoren za saobraćaj.",
        "body": f'<p>Most je <a href="{SITE}/most/">otvoren</a>.</p>',
        "rights": "© Općina Primjer, CC BY 4.0",
        "rights_url": CC_BY,
        "topics": (TopicName(code="roads", name="Putevi"), TopicName(code="diaspora", name="Dijaspora")),
    }
    return Entry(**(given | facts))


def make_full_entry(number: int = 1, **facts) -> Entry:
    given = {
        "author": "A. Primjer",
        "picture": PICTURE,
        "sound": SOUND,
        "origin": ORIGIN,
        "happening": HAPPENING,
        "expires_at": datetime(2026, 9, 1, tzinfo=UTC),
        "radio_script": "Most je otvoren.\nDođite.",
        "pronunciation": "Žepče – ŽEP-če",
        "reading_seconds": 40,
    }
    return make_entry(number, **(given | facts))


def make_withdrawn(number: int = 1, **facts) -> Entry:
    given = {
        "title": "Povučeno: Otvoren novi most",
        "summary": "Ova vijest je povučena 5. marta 2026.",
        "note": "Most još nije otvoren.",
        "withdrawn": True,
    }
    return make_full_entry(number, **(given | facts))


def make_feed(*entries: Entry, **facts) -> Feed:
    given = {
        "id": "urn:uuid:00000000-0000-4000-8000-000000000000",
        "url": f"{SITE}/diaspora/bs/feed",
        "home_url": f"{SITE}/diaspora/",
        "title": "Vijesti za dijasporu",
        "language": "bs",
        "updated_at": UPDATED,
        "publisher": PUBLISHER,
        "subtitle": "Općina Primjer za građane u svijetu",
        "rights": "© Općina Primjer, CC BY 4.0",
        "rights_url": CC_BY,
        "logo_url": f"{SITE}/media/grb.png",
        "hub_urls": (f"{SITE}/hub/",),
        "entries": entries,
    }
    return Feed(**(given | facts))
