"""One partner: what it has got lately, its links, pause, end, and earlier news for a new one."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from wagtail_diaspora.municipalities.permissions import may, municipalities_for

from ..actions import catching_up, partnering, proposing
from ..actions.inviting import unreached
from ..models import Partner
from ..states import Pace, PartnerState, Way

CHANGE = "diaspora_syndication.change_partner"
LINES_SHOWN = 50
LONGEST = timedelta(days=92)


class PeriodForm(forms.Form):
    since = forms.DateField(
        label=gettext_lazy("Send what has been public since"),
        help_text=gettext_lazy("At most three months back. What it has already is not sent again."),
        widget=AdminDateInput,
    )

    def clean_since(self) -> Any:
        since, today = self.cleaned_data["since"], timezone.localdate()
        if not today - LONGEST <= since <= today:
            raise forms.ValidationError(_("Choose a day of the last three months."))
        return since


class PartnerDesk(WagtailAdminTemplateMixin, View):
    header_icon = "group"
    page_title = gettext_lazy("Media partner")
    template_name = "diaspora_syndication/desk/partner.html"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, partner: int, **kwargs: Any) -> HttpResponse:
        if not may(request.user, CHANGE):
            raise PermissionDenied
        mine = Partner.objects.filter(municipality__in=municipalities_for(request.user, CHANGE))
        self.partner = get_object_or_404(mine.select_related("municipality__site"), pk=partner)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(PeriodForm(initial={"since": timezone.localdate() - timedelta(days=7)}))

    def post(self, request: HttpRequest) -> HttpResponse:
        do = {
            "pause": (partnering.pause, _("Paused. Nothing is sent until it goes on.")),
            "resume": (partnering.resume, _("It gets the news again.")),
            "end": (partnering.leave, _("Ended. Nothing is sent any more.")),
            "links": (
                partnering.renew_links,
                _("The old links have ended; new ones are on their way."),
            ),
            "stop": (catching_up.stop, _("No more earlier news is added.")),
        }
        if request.POST.get("do") == "period":
            return self._catch_up(PeriodForm(request.POST))
        if request.POST.get("do") not in do:
            raise Http404
        action, said = do[request.POST["do"]]
        action(self.partner, user=request.user)
        return self._done(said)

    def get_page_subtitle(self) -> str:
        return str(self.partner)

    def get_breadcrumbs_items(self) -> list[dict]:
        listed = {"url": reverse("diaspora_partner:index"), "label": gettext_lazy("Media partners")}
        return [*super().get_breadcrumbs_items(), listed, {"url": "", "label": str(self.partner)}]

    def _show(self, form: PeriodForm, status: int = 200) -> HttpResponse:
        lines = self.partner.deliveries.select_related("edition").order_by("-created_at", "-pk")[:LINES_SHOWN]
        examples = proposing.proposed_to(self.partner, get_language() or "")[: proposing.LISTED]
        context = {"partner": self.partner, "lines": lines, "examples": examples}
        context |= {
            "unreached": unreached([self.partner]),
            "states": PartnerState,
            "ways": Way,
            "paces": Pace,
            "form": form,
        }
        return self.render_to_response(self.get_context_data(**context), status=status)

    def _catch_up(self, form: PeriodForm) -> HttpResponse:
        if not form.is_valid():
            return self._show(form, 422)
        since = form.cleaned_data["since"]
        catching_up.ask_to_catch_up(self.partner, since=since, user=self.request.user)
        return self._done(_("It goes out from now on, as far as the daily limit lets it."))

    def _done(self, said: str) -> HttpResponse:
        messages.success(self.request, said)
        return redirect("diaspora_newsdesk:partner", self.partner.pk)
