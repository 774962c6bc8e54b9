"""Sources of news that a municipality reads."""

from uuid import UUID

from wagtail_diaspora.syndication.models import RemoteItem, RemoteSource, RemoteState, Rule


def a_source(town, feed_url="https://drugi.example.org/feed", **fields) -> RemoteSource:
    return RemoteSource.objects.create(municipality=town, feed_url=feed_url, **fields)


def a_remote_item(source, number=1, **fields) -> RemoteItem:
    words = {
        "title": f"Vijest {number}",
        "summary": "Sažetak.",
        "url": f"https://drugi.example.org/{number}",
        "attribution_name": "Općina Drugi",
        "attribution_url": "https://drugi.example.org/",
        "published_at": f"2026-03-{number:02d}T10:00:00Z",
        "updated_at": f"2026-03-{number:02d}T10:00:00Z",
        "state": RemoteState.SHOWN,
        "identity": UUID(int=number),
        "digest": f"{number:064d}",
    }
    return RemoteItem.objects.create(source=source, municipality=source.municipality, **{**words, **fields})


def at_once(town, feed_url, **fields) -> RemoteSource:
    return a_source(town, feed_url, rule=Rule.AT_ONCE, **fields)
