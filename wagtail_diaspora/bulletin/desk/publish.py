"""Publishing is asked about once, on a page that says what it means."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages

from wagtail_diaspora import conf
from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.municipalities.models.municipality import Kind

from ..actions import publishing
from ..actions.telling import link_to
from . import listing
from .base import OfIssue


class PublishIssue(OfIssue):
    template_name = "diaspora_bulletin/desk/publish.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        if not self.issue.is_draft:
            return redirect(self.own_url)
        facts = {
            "inside": listing.standing_in(self.issue, get_language() or ""),
            "tells": self.issue.municipality.kind == Kind.NETWORK,
            "delay": conf.PRESS_DELAY_MINUTES,
        }
        return self.render_to_response(self.get_context_data(**facts))

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            publishing.publish(self.issue, user=request.user)
        except DiasporaError as error:
            messages.error(request, str(error))
            return redirect(self.own_url)
        read = messages.button(link_to(self.issue), pgettext("issue of the bulletin", "Read it"))
        messages.success(request, _("“%(issue)s” is published.") % {"issue": self.issue}, buttons=[read])
        return redirect(self.own_url)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": "", "label": pgettext_lazy("issue of the bulletin", "Publish")},
        ]
