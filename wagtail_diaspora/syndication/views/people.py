"""For people: which feeds there are, what they are for, and how they are taken."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.citizens import CitizenView, remember_language
from wagtail_diaspora.municipalities.models import Municipality

from ..models import Edition
from .listing import feeds_of


class PublicPage(CitizenView):
    """A page of the municipality on whose website it is asked for."""

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        self.municipality = Municipality.objects.for_request(request).select_related("site").first()
        if self.municipality is None:
            raise Http404

    def _protect(self, response: HttpResponse) -> HttpResponse:
        """Nothing here is anybody's own: it may be found, and kept for a while."""
        patch_cache_control(response, private=True, max_age=300)
        return remember_language(self.request, response, self.language)


class FeedsPage(PublicPage):
    title = _("News for the diaspora, for newsrooms and readers")
    template_name = "diaspora_syndication/feeds.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """With the way to the examples, once there is one."""
        municipality = self.municipality
        examples = Edition.objects.examples().filter(channel__municipality=municipality).exists()
        feeds_by_language = feeds_of(municipality)
        return self.render(municipality=municipality, feeds_by_language=feeds_by_language, examples=examples)
