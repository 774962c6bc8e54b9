"""All feeds of a website in one file that a feed reader takes over at once (OPML 2.0)."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.generic import View

from wagtail_diaspora.municipalities.models import Municipality

from .. import addresses
from ..formats.opml import CONTENT_TYPE, Outline, write_opml
from .listing import feeds_of

MAX_AGE = 3600
FORMAT = "rss"


class FeedsOutline(View):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        municipality = Municipality.objects.for_request(request).select_related("site").first()
        if municipality is None:
            raise Http404
        body = write_opml(str(municipality), _outlines(municipality))
        response = HttpResponse(body, content_type=CONTENT_TYPE)
        patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response


def _outlines(municipality: Municipality) -> Iterator[Outline]:
    root = municipality.root_url
    for language in feeds_of(municipality):
        feeds = tuple(
            Outline(
                title=feed["topic"] or _("All news"),
                feed_url=root + next(form["url"] for form in feed["formats"] if form["name"] == FORMAT),
                home_url=root + addresses.page(),
                language=language["code"],
            )
            for feed in language["feeds"]
        )
        yield Outline(title=language["name"], outlines=feeds)
