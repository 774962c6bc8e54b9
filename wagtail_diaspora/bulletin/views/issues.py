"""For people: the issues of a municipality's bulletin, and what stands in each."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.syndication.views.examples import card_of
from wagtail_diaspora.syndication.views.people import PublicPage
from wagtail_diaspora.words import say

from ..actions.contents import examples_in
from ..models import Issue

__all__ = ["READER_LINKS", "IssuePage", "IssuesPage", "contents_of"]

PER_PAGE = 20


class IssuesPage(PublicPage):
    title = pgettext_lazy("diaspora", "Bulletin")
    template_name = "diaspora_bulletin/issues.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        issues = Issue.objects.published().filter(municipality=self.municipality)
        listed = Paginator(issues, PER_PAGE).get_page(request.GET.get("page"))
        return self.render(municipality=self.municipality, listed=listed)


class IssuePage(PublicPage):
    template_name = "diaspora_bulletin/issue.html"

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        issues = Issue.objects.published().filter(municipality=self.municipality)
        issue = issues.filter(number=number).first()
        if issue is None:
            raise Http404(_("There is no such issue."))
        issue.municipality = self.municipality
        return self.render(**contents_of(issue, self.language))


def contents_of(issue: Issue, language: str) -> dict[str, Any]:
    """`gone` counts examples that their publishers have taken back since."""
    examples = examples_in(issue, language).select_related("item__remote__source")
    cards = [card_of(edition, issue.municipality) for edition in examples]
    return {
        "title": say(issue.title, language),
        "issue": issue,
        "municipality": issue.municipality,
        "introduction": say(issue.introduction, language),
        "cards": cards,
        "gone": issue.contributions.count() - len(cards),
    }


def _to_bulletin(municipality: Municipality) -> Iterator[tuple[str, str]]:
    """Once there is an issue to read."""
    if Issue.objects.published().filter(municipality=municipality).exists():
        yield pgettext("diaspora", "Bulletin"), reverse("diaspora_bulletin:issues")


READER_LINKS = [_to_bulletin]
