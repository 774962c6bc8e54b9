"""Check your answers, declare, send: the one page that makes an order of a draft."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora import limits
from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.statements import Statement

from ..actions import drafts, sending
from ..answers import answers_of
from ..forms import DeclareForm
from ..models import OrderFile
from ..storefront import privacy_notice
from .base import DRAFT_COOKIE, DraftMixin, StepView, set_draft_cookie, show_case

KINDS = Statement("FROM diaspora_registrar_orderfile file WHERE file.draft_id = %s", file=(OrderFile, "kind"))


class CheckStep(DraftMixin, StepView):
    step = "check"
    title = _("Check your answers")
    template_name = "diaspora_registrar/order/check.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        step, number = self.flow.next_step()
        return super().get(request, **kwargs) if step == "check" else self.to_step(step, number)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.get_form(data=request.POST)
        if self.switching:
            return self.show(form.as_typed())
        problems = self.problems
        if not form.is_valid() or problems:
            # Its files may seem missing because the same order, sent twice, has taken them just now.
            order = sending.sent_before(self.draft)
            return show_case(request, order, "sent", sender=True) if order else self._show_again(form)
        try:
            return show_case(request, self._send(), "sent", sender=True)
        except DiasporaError as error:
            form.add_error(None, self.sentence(error))
            return self.show(form)

    def _show_again(self, form: DeclareForm) -> HttpResponse:
        """While the office takes no orders, what was written waits for it, on this device, too."""
        if opens_on := self.flow.opens_on:
            drafts.prolong(self.draft, until=opens_on)
            response = self.show(form)
            set_draft_cookie(self.request, response, self.draft, self.request.COOKIES[DRAFT_COOKIE])
            return response
        return self.show(form)

    def get_form(self, **data: Any) -> DeclareForm:
        return DeclareForm(data.get("data"), terms=self.flow.terms)

    @property
    def problems(self) -> list:
        return self.flow.problems(self.file_kinds)

    @cached_property
    def file_kinds(self) -> list[str]:
        return [file.kind for (file,) in KINDS.rows(self.draft.pk)]

    def context(self) -> dict[str, Any]:
        if self.flow.next_step()[0] != "check":
            return super().context() | {"problems": self.problems, "sections": []}
        municipality = self.draft.municipality
        return super().context() | {
            "problems": self.problems if self.request.method == "POST" else [],
            "sections": answers_of(self.flow, self.files),
            "policy": municipality.registrar_settings,
            "due_on": self.flow.due_on,
            **self.flow.offer.closure(timezone.localdate()),
            "privacy_notice": privacy_notice(municipality, page_id=self.draft.page_id),
        }

    def _send(self) -> Any:
        submission = self.flow.submission(language=self.language, page_id=self.draft.page_id)
        network = limits.network_of(self.request)
        return sending.send(self.draft, submission, files=bool(self.file_kinds), network=network)
