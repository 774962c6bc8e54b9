"""What the private link alone does not allow: each asks for a code sent to the address on file."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.exceptions import DiasporaError

from .. import actions, exporting, papers
from ..actions import codes
from ..forms.case import CodeForm
from ..models import OneTimeCode
from ..models.settings import SignaturePolicy
from .base import open_page
from .case import CaseView
from .papers import download, pdf


class CodedView(CaseView):
    """Base: `is_possible` says whether it may be asked for, `do` does it."""

    template_name = "diaspora_registrar/case/code.html"
    purpose: str
    lead: Any = ""
    button: Any = ""
    danger = False

    def is_possible(self) -> bool:
        raise NotImplementedError

    def do(self) -> HttpResponse:
        raise NotImplementedError

    def prepare(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        if response := super().prepare(request, **kwargs):
            return response
        return None if self.is_possible() else self.back()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(CodeForm(), code_sent=False)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = CodeForm(request.POST if "code" in request.POST else None)
        if self.switching:
            return self.ask(form.as_typed(), code_sent=True)
        try:
            if not form.is_bound:
                codes.send_code(self.order, purpose=self.purpose)
            elif form.is_valid():
                if codes.use_code(self.order, purpose=self.purpose, typed=form.cleaned_data["code"]):
                    return self.do()
                form.add_error("code", _("This code is wrong or too old. Ask for a new one."))
        except DiasporaError as error:
            return self.ask(form, status=422, code_sent=form.is_bound, error=self.sentence(error))
        return self.ask(form, status=422 if form.errors else 200, code_sent=True)

    def ask(self, form: CodeForm, **context: Any) -> HttpResponse:
        words = {"lead": self.lead, "button": self.button, "danger": self.danger}
        more = {"keeps_typed": context["code_sent"], "may_mend": self.is_unconfirmed_sender}
        return self.show(form=form, **words, **more, **context)


class OpenedView(CodedView):
    """A page that the code opens in this browser for a while, with those below it in its address.

    A subclass says which `page` of OPENED_COOKIES it is, shows it, and notes that it was opened.
    """

    page: str
    button = _("Go on")

    def show_all(self) -> HttpResponse:
        raise NotImplementedError

    def note(self) -> None:
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show_all() if self.is_opened(self.page) else super().get(request, **kwargs)

    def do(self) -> HttpResponse:
        self.note()
        return open_page(self.request, redirect(self.request.path), self.order, self.page)


class Withdraw(CodedView):
    title = button = _("Withdraw the order")
    lead = _("The office then does nothing more about it. This cannot be undone.")
    danger = True
    purpose = OneTimeCode.Purpose.WITHDRAW

    def is_possible(self) -> bool:
        return actions.may_withdraw(self.order, self.order.items.all())

    def do(self) -> HttpResponse:
        actions.withdraw(self.order)
        return self.back()


class RequestFile(CodedView):
    """The request shows everything that was written: the link is not enough, in no browser."""

    title = _("Request to sign")
    lead = _("The request shows your personal data, so we make sure that it is you.")
    button = _("Download the request (PDF)")
    purpose = OneTimeCode.Purpose.PAPER

    def is_possible(self) -> bool:
        return self.order.policy["signature"] != SignaturePolicy.NONE and self.order.is_open

    def do(self) -> HttpResponse:
        actions.note_request(self.order)
        content = papers.request_to_sign(self.order, language=self.language)
        return pdf(content, f"{self.order.reference}-request")


class Export(CodedView):
    """The right of access: everything that is kept about the applicant, but no scan of a paper."""

    title = _("Download everything that we keep about you")
    lead = _(
        "You get a file (JSON) with your answers, messages and payments, and what happened with the order. "
        "It holds personal data, so we make sure that it is you."
    )
    button = _("Download the file")
    purpose = OneTimeCode.Purpose.EXPORT

    def is_possible(self) -> bool:
        return True

    def do(self) -> HttpResponse:
        actions.note_export(self.order)
        content = json.dumps(exporting.export(self.order), ensure_ascii=False, indent=2, default=str)
        return download(content.encode(), f"{self.order.reference}.json", "application/json")
