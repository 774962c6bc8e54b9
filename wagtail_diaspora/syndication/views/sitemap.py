"""For search engines: what a whole website has published in the last two days, in every language."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.views.generic import View

from wagtail_diaspora.municipalities.models import Municipality

from .. import addresses
from ..actions.building import Speaker, entry_of, feed_of
from ..formats.sitemap import CONTENT_TYPE, FRESH, write_news_sitemap
from ..models import Edition, Item

MAX_AGE = 600


class NewsSitemap(View):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        municipality = Municipality.objects.for_request(request).select_related("site").first()
        if municipality is None:
            raise Http404
        now = timezone.now()
        items = Item.objects.of_pages().filter(municipality=municipality)
        fresh = Edition.objects.public().filter(item__in=items, published_at__gte=now - FRESH)
        fresh = fresh.select_related("item").order_by("language", "-number")
        speakers = {code: Speaker.of(municipality, code) for code in {edition.language for edition in fresh}}
        with translation.override(None):
            entries = [entry_of(edition, speakers[edition.language]) for edition in fresh]
            speaker = next(iter(speakers.values()), None) or Speaker.of(municipality, "en")
            own, page = addresses.sitemap(), addresses.page()
            feed = feed_of(speaker, entries, path=own, page=page, topic=None, updated_at=now)
        response = HttpResponse(write_news_sitemap(feed, now=now), content_type=CONTENT_TYPE)
        patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response
