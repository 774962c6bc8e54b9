"""An issue as its readers will see it, for its editor alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from wagtail_diaspora.citizens import CitizenView

from ..views.issues import contents_of
from .rights import issue_for


class PreviewIssue(CitizenView):
    """Never stored and never indexed, like every page that is somebody's own."""

    template_name = "diaspora_bulletin/issue.html"

    def prepare(self, request: HttpRequest, *, issue: int, **kwargs: Any) -> None:
        self.issue = issue_for(request.user, issue)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.render(**contents_of(self.issue, self.language))
