"""For people: which feeds there are, what they are for, and how they are taken."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.citizens import CitizenView, language_name, remember_language
from wagtail_diaspora.municipalities.models import Municipality, Topic
from wagtail_diaspora.words import say

from .. import addresses
from ..formats import FORMATS
from ..models import FeedFile


class FeedsPage(CitizenView):
    title = _("News for the diaspora, for newsrooms and readers")
    template_name = "diaspora_syndication/feeds.html"

    def prepare(self, request: HttpRequest) -> None:
        self.municipality = Municipality.objects.for_request(request).select_related("site").first()
        if self.municipality is None:
            raise Http404

    def get(self, request: HttpRequest) -> HttpResponse:
        paths = FeedFile.objects.filter(channel__municipality=self.municipality)
        return self.render(
            municipality=self.municipality, languages=_by_language(paths.values_list("path", flat=True))
        )

    def _protect(self, response: HttpResponse) -> HttpResponse:
        """Nothing here is anybody's own: it may be found, and kept for a while."""
        patch_cache_control(response, private=True, max_age=300)
        return remember_language(self.request, response, self.language)


def _by_language(paths: Any) -> list[dict[str, Any]]:
    """The feeds of each language, all topics first, each with its formats in the order of `FORMATS`."""
    names = {topic.code: say(topic.name) for topic in Topic.objects.all()}
    found: dict[str, dict[str, set[str]]] = {}
    for path in paths:
        _code, language, selection, _file = path.split("/")
        found.setdefault(language, {}).setdefault(selection, set()).add(path)
    return [
        {"code": language, "name": language_name(language), "feeds": _feeds(found[language], names)}
        for language in sorted(found)
    ]


def _feeds(selections: dict[str, set[str]], names: dict[str, str]) -> list[dict[str, Any]]:
    ordered = sorted(selections, key=lambda code: (code != addresses.ALL, names.get(code, code)))
    return [
        {
            "topic": None if code == addresses.ALL else names.get(code, code),
            "formats": [
                {"label": form.label, "url": addresses.feed(path)}
                for form in FORMATS.values()
                for path in selections[code]
                if path.endswith(f"/{form.name}.{form.suffix}")
            ],
        }
        for code in ordered
    ]
