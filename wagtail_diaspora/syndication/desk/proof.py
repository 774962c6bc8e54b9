"""Choose the month of which a PDF says what became of the news."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_diaspora.citizens import language_name, served_languages
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.municipalities.permissions import may, municipalities_for

from ..papers import LINES_A_PART, month_proof, parts_of
from .ledger import VIEW, LedgerView

MONTH = re.compile(r"(2\d{3})-(\d{2})")


class ProofForm(forms.Form):
    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=gettext_lazy("Municipality"))
    month = forms.CharField(
        label=gettext_lazy("Month of the proof"),
        widget=forms.TextInput(attrs={"type": "month"}),
        help_text=gettext_lazy("Year and month, for example 2026-03."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language and script of the paper"))

    def __init__(self, *args: Any, municipalities: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities
        self.fields["language"].choices = [(code, language_name(code)) for code in served_languages()]

    def clean_month(self) -> date:
        match = MONTH.fullmatch(self.cleaned_data["month"].strip())
        try:
            month = date(int(match[1]), int(match[2]), 1)
        except (TypeError, ValueError):
            raise forms.ValidationError(_("Write year and month, for example 2026-03.")) from None
        if month > timezone.localdate():
            raise forms.ValidationError(_("This month is still to come."))
        return month


class ProofView(WagtailAdminTemplateMixin, View):
    """A GET with a month is the file itself, or the list of its parts: nothing is changed."""

    header_icon = "doc-full"
    page_title = gettext_lazy("The month's proof")
    template_name = "diaspora_syndication/desk/proof.html"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict]:
        listed = {"url": reverse(LedgerView.index_url_name), "label": LedgerView.page_title}
        return [*super().get_breadcrumbs_items(), listed, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        if not may(request.user, VIEW):
            raise PermissionDenied
        offices = municipalities_for(request.user, VIEW)
        if "month" not in request.GET:
            usual = {"municipality": offices.first(), "month": f"{timezone.localdate():%Y-%m}"}
            return self._show(ProofForm(initial=usual, municipalities=offices))
        form = ProofForm(request.GET, municipalities=offices)
        if not form.is_valid():
            return self._show(form, 422)
        asked = form.cleaned_data
        parts = parts_of(asked["municipality"], asked["month"])
        if parts > 1 and "part" not in request.GET:
            return self._show(form, parts=[f"?{_query(request, part)}" for part in range(1, parts + 1)])
        return self._paper(asked, parts, request.GET.get("part", "1"))

    def _paper(self, asked: dict[str, Any], parts: int, part: str) -> HttpResponse:
        if part not in map(str, range(1, parts + 1)):
            raise Http404
        behind = f"-{part}" if parts > 1 else ""
        name = f"{asked['municipality'].code}-{asked['month']:%Y-%m}{behind}.pdf"
        return HttpResponse(
            month_proof(**asked, part=int(part)),
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "private, no-store",
            },
        )

    def _show(self, form: ProofForm, status: int = 200, **context: Any) -> HttpResponse:
        context = self.get_context_data(form=form, lines_a_part=LINES_A_PART, **context)
        return self.render_to_response(context, status=status)


def _query(request: HttpRequest, part: int) -> str:
    query = request.GET.copy()
    query["part"] = str(part)
    return query.urlencode()
