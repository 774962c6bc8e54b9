"""The process of P10. It is told `fill PORT`, `ours RUN` and `peer RUN`, line by line.

It answers with the milliseconds of processor time that it used, all its threads together.
"""

import io
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import django

django.setup()

import feedparser  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.factories.syndication import a_town  # noqa: E402
from wagtail_diaspora.syndication import reading  # noqa: E402
from wagtail_diaspora.syndication.actions import ingesting, polling  # noqa: E402
from wagtail_diaspora.syndication.models import RemoteItem, RemoteSource, Rule  # noqa: E402

from .remote_feeds import EVERY, FEEDS, ITEMS, SAMPLE, address, body, etag, is_changed, name  # noqa: E402


def fill(port: int) -> int:
    """Each source as its last reading left it, and of those that will change, their news too."""
    town, now = a_town("mi.example.org"), timezone.now()
    sources = [
        RemoteSource(
            municipality=town,
            feed_url=address(number, port),
            name="Općina Primjer",
            rule=Rule.AT_ONCE,
            etag=etag(0),
            body_hash="0" * 64,
            entry_hashes=reading.without_known(body(number, 0), "")[1] if is_changed(number) else "",
            last_checked_at=now,
            next_due_at=now + timedelta(days=1),
        )
        for number in range(FEEDS)
    ]
    RemoteSource.objects.bulk_create(sources, batch_size=1000)
    template = reading.read(body(0, 0), url=address(0, port))
    for number in filter(is_changed, range(FEEDS)):
        ingesting.take_over(sources[number], renamed(template, number))
    return RemoteItem.objects.count()


def renamed(feed: reading.RemoteFeed, number: int) -> reading.RemoteFeed:
    """As if the feed of that number had been read."""
    words = ("guid", "url", "picture_url")
    entries = [
        replace(entry, **{word: getattr(entry, word).replace(name(0), name(number)) for word in words})
        for entry in feed.entries
    ]
    return replace(feed, entries=tuple(entries))


def ours(first: int, after: int) -> float:
    """As many runs of the clock as it takes; only what changed brings something new, and all are read."""
    keys = list(RemoteSource.objects.order_by("pk").values_list("pk", flat=True)[first:after])
    mine = RemoteSource.objects.filter(pk__in=keys)
    mine.update(next_due_at=timezone.now())
    held, changed = RemoteItem.objects.count(), 0
    began = time.process_time()
    while RemoteSource.objects.due(timezone.now()).exists():
        changed += polling.poll()
    took = time.process_time() - began
    done = mine.filter(next_due_at__gt=timezone.now(), trouble="", lease_token="", failures=0).count()
    expected = (after - first) // EVERY
    seen = (changed, RemoteItem.objects.count() - held, done)
    assert seen == (expected, expected, after - first), seen
    return 1000 * took


def peer(first: int, after: int) -> float:
    """The same bodies, as they stand there now; one in so many is parsed, in place of all."""
    numbers = range(first, after, SAMPLE)
    bodies = [body(number, int(is_changed(number))) for number in numbers]
    began = time.process_time()
    parsed = [feedparser.parse(io.BytesIO(one)) for one in bodies]
    took = time.process_time() - began
    for number, feed in zip(numbers, parsed, strict=True):
        assert len(feed.entries) == ITEMS and not feed.bozo
        assert all(name(number) in entry.id and entry.content for entry in feed.entries)
    return 1000 * took * (after - first) / len(bodies)


VERBS: dict[str, Callable[..., float]] = {"fill": fill, "ours": ours, "peer": peer}

for line in sys.stdin:
    verb, *numbers = line.split()
    print(VERBS[verb](*map(int, numbers)), flush=True)
