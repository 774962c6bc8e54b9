"""An issue as its readers will see it, for its editor alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from wagtail_diaspora.citizens import CitizenView

from ..views.issues import contents_of
from .rights import issue_for


class PreviewIssue(CitizenView):
    """Never stored and never indexed, like every page that is somebody's own."""

    template_name = "diaspora_bulletin/issue.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.editors = get_language() or ""

    def prepare(self, request: HttpRequest, *, issue: int, **kwargs: Any) -> None:
        """In the editor's language, until they choose another on the page."""
        self.issue = issue_for(request.user, issue)
        self.wish_language(self.editors)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.render(**contents_of(self.issue, self.language))
