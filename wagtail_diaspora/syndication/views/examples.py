"""For people: examples of good practice, to be found by what they solved. Of a hub also what it passes on."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.rooms import collect

from ..actions.finding import examples_of
from ..forms.examples import ExamplesForm
from ..models import Edition
from .people import PublicPage

PER_PAGE = 12


class ExamplesPage(PublicPage):
    title = _("Examples of good practice")
    template_name = "diaspora_syndication/examples.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = ExamplesForm(request.GET, municipality=self.municipality)
        wanted = form.wanted()
        found = examples_of(self.municipality, self.language, **wanted)
        shown = Paginator(found.select_related("item__remote__source"), PER_PAGE).get_page(
            request.GET.get("page")
        )
        cards = [card_of(edition, self.municipality) for edition in shown.object_list]
        links = [link for find in collect("diaspora_reader_links") for link in find(self.municipality)]
        context = {"links": links, "filters": form, "filtered": bool(wanted), "listed": shown, "cards": cards}
        return self.render(municipality=self.municipality, **context)


def card_of(edition: Edition, municipality: Municipality) -> dict[str, Any]:
    """What `diaspora_syndication/example_card.html` shows."""
    content, made = edition.content, edition.picture
    is_current = made.get("hash") == content.get("image", {}).get("hash")
    return {
        "title": edition.title,
        "url": content["url"],
        "language": edition.language,
        "summary": content.get("summary", ""),
        "published_at": edition.published_at,
        "place": _publisher(edition) or str(municipality),
        "picture": made if made.get("url") and is_current else None,
        **content.get("example", {}),
    }


def _publisher(edition: Edition) -> str:
    """Of what is passed on, whose it is."""
    remote = edition.item.remote
    named = edition.content.get("origin", {}).get("name", "")
    return named or (remote.attribution_name or str(remote.source) if remote else "")
