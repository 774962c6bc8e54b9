"""The peers of P3 and its floor: views without a feed's work, and Django's `Feed` over the same pages."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from django.contrib.syndication.views import Feed
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Enclosure
from wagtail.rich_text import expand_db_html

from wagtail_diaspora.syndication.views.feeds import FeedView

from .floor import READ
from .models import ReportPage

BYTES = "SELECT packed FROM diaspora_syndication_feedfile WHERE path = %s"
FILTER = "max-1600x1600|format-jpeg|jpegquality-85"


def unchanged(request: HttpRequest) -> HttpResponse:
    """One SELECT by key, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [1])
        cursor.fetchall()
    return HttpResponse(status=304)


def whole(request: HttpRequest, path: str) -> HttpResponse:
    """The bytes and headers of our answer, from memory."""
    content, headers = _answered(path, request.headers.get("Accept-Encoding", ""))
    return HttpResponse(content, headers=headers)


def looked_up(request: HttpRequest, path: str) -> HttpResponse:
    """The same again, with one SELECT by key of as many bytes as are sent packed."""
    with connection.cursor() as cursor:
        cursor.execute(BYTES, [path])
        cursor.fetchone()
    return whole(request, path)


@cache
def _answered(path: str, encoding: str) -> tuple[bytes, dict[str, str]]:
    request = HttpRequest()
    request.method, request.META["HTTP_ACCEPT_ENCODING"] = "GET", encoding
    answer = FeedView.as_view()(request, path=path)
    return answer.content, dict(answer.items())


class StockFeed(Feed):
    """As Django's documentation writes one, with what Wagtail needs to read a page."""

    title = "Grad Primjer"
    link = "/"
    description = "Vijesti"

    def items(self) -> Iterable[ReportPage]:
        pages = ReportPage.objects.live().public().select_related("picture")
        return pages.order_by("-first_published_at")[:50]

    def item_title(self, item: ReportPage) -> str:
        return item.title

    def item_description(self, item: ReportPage) -> str:
        return expand_db_html(item.body)

    def item_link(self, item: ReportPage) -> str:
        return item.full_url

    def item_pubdate(self, item: ReportPage) -> datetime:
        return item.first_published_at

    def item_enclosures(self, item: ReportPage) -> list[Enclosure]:
        rendition = item.picture.get_rendition(FILTER)
        return [Enclosure(rendition.full_url, str(rendition.file.size), "image/jpeg")]
