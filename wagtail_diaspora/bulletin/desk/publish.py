"""Publishing is asked about once, on a page that says what it means."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages

from wagtail_diaspora.exceptions import DiasporaError

from ..actions import publishing
from . import listing
from .addresses import public_address
from .base import OfIssue


class PublishIssue(OfIssue):
    template_name = "diaspora_bulletin/desk/publish.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        if not self.issue.is_draft:
            return redirect(self.own_url)
        inside = listing.standing_in(self.issue, get_language() or "")
        return self.render_to_response(self.get_context_data(inside=inside))

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            publishing.publish(self.issue, user=request.user)
        except DiasporaError as error:
            messages.error(request, str(error))
            return redirect(self.own_url)
        self.issue.refresh_from_db(fields=["state", "number", "published_at"])
        read = messages.button(public_address(self.issue), pgettext("issue of the bulletin", "Read it"))
        messages.success(request, _("“%(issue)s” is published.") % {"issue": self.issue}, buttons=[read])
        return redirect(self.own_url)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": "", "label": pgettext_lazy("issue of the bulletin", "Publish")},
        ]
