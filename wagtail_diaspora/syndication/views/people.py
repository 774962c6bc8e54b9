"""For people: which feeds there are, what they are for, and how they are taken."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.citizens import CitizenView, remember_language
from wagtail_diaspora.municipalities.models import Municipality

from .listing import feeds_of


class FeedsPage(CitizenView):
    title = _("News for the diaspora, for newsrooms and readers")
    template_name = "diaspora_syndication/feeds.html"

    def prepare(self, request: HttpRequest) -> None:
        self.municipality = Municipality.objects.for_request(request).select_related("site").first()
        if self.municipality is None:
            raise Http404

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render(municipality=self.municipality, languages=feeds_of(self.municipality))

    def _protect(self, response: HttpResponse) -> HttpResponse:
        """Nothing here is anybody's own: it may be found, and kept for a while."""
        patch_cache_control(response, private=True, max_age=300)
        return remember_language(self.request, response, self.language)
