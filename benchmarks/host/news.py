"""Verbs of `stage` for P3: `feed N` marks N pages and writes their feed, `render N` and `stock N` write it
N times and print the milliseconds of one time, `read`, `read-stock` what stands in it.
"""

import io
import time
from collections.abc import Callable
from statistics import median

import feedparser
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from PIL import Image as Pixels
from wagtail.images.models import Image
from wagtail.models import Site

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.syndication.actions import marking, rounds
from wagtail_diaspora.syndication.actions.writing import Writer
from wagtail_diaspora.syndication.models import Channel, FeedFile

from .feeds import FILTER, StockFeed
from .models import ReportPage

QUERIES = 7
PARAGRAPH = (
    "<p>Most preko Sane <b>ponovo je otvoren</b> za pješake i vozila. Radovi su trajali šest mjeseci, a "
    'sredstva je obezbijedila dijaspora. Više na <a linktype="page" id="{home}">početnoj stranici</a> i na '
    '<a href="https://example.org/most">stranici projekta</a>.</p>'
)
EMBED = '<embed embedtype="image" id="{image}" format="fullwidth" alt="Most"/>'


def feed(count: int) -> str:
    """The path of the feed of all topics, which is written."""
    home, office = Site.objects.get().root_page, Municipality.objects.get()
    for number in range(count):
        page = home.add_child(instance=story(number, home.pk))
        page.save_revision().publish()
        page.picture.get_rendition(FILTER)
        marking.mark(page, municipality=office, user=None)
    rounds.publish()
    stock()
    return FeedFile.objects.get(path__endswith="/all/rss.xml").path


def story(number: int, home: int) -> ReportPage:
    image = Image.objects.create(title=f"Most {number}", description="Most", file=picture(number))
    body = PARAGRAPH.format(home=home) * 4 + EMBED.format(image=image.pk) + PARAGRAPH.format(home=home)
    return ReportPage(title=f"Vijest {number}", lead="Nakon obnove.", body=body, picture=image)


def picture(number: int) -> ContentFile:
    out = io.BytesIO()
    Pixels.new("RGB", (800, 600), (number, 90, 120)).save(out, "JPEG")
    return ContentFile(out.getvalue(), f"most-{number}.jpg")


def ours() -> bytes:
    channel = Channel.objects.select_related("municipality__site").get()
    with translation.override(channel.language):
        _path, file = next(Writer(channel, channel.language).files())
        return file.body


def stock() -> bytes:
    return StockFeed()(RequestFactory().get("/", headers={"host": "localhost"})).content


def times(write: Callable[[], bytes], most: int | None = None) -> Callable[[int], dict]:
    def run(count: int) -> dict:
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            written = write()
        assert most is None or len(asked) <= most, f"{len(asked)} queries"
        return {
            "queries": len(asked),
            "ms": median(milliseconds(write) for _ in range(count)),
            "titles": titles(written),
        }

    return run


def milliseconds(write: Callable[[], bytes]) -> float:
    """Of a first time: what it read before is in no cache."""
    cache.clear()
    began = time.perf_counter()
    write()
    return 1000 * (time.perf_counter() - began)


def titles(written: bytes) -> list[str]:
    entries = feedparser.parse(written).entries
    assert all(entry.enclosures and "<img" in entry.summary + str(entry.get("content")) for entry in entries)
    return sorted(entry.title for entry in entries)


VERBS = {"feed": feed, "render": times(ours, QUERIES), "stock": times(stock)}
