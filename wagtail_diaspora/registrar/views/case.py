"""The page of an order, by its private link: where it stands, what comes next, the thread."""

import uuid
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora import limits
from wagtail_diaspora.citizens import CitizenView
from wagtail_diaspora.exceptions import DiasporaError, UploadRefused
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.vault.inspection import inspect

from .. import actions, links, states, tokens
from ..forms.case import MessageForm, PaidForm
from ..models.cases import FileKind
from ..states import PaymentState
from ..wording import next_for, told
from .base import CASE_COOKIE, show_case


class OpenCase(CitizenView):
    """The mailed address. Its token goes into a cookie for this order only, and out of the address."""

    def get(self, request: HttpRequest, *, token: str) -> HttpResponse:
        order = tokens.order_for_tracking(token)
        return show_case(request, order) if order else redirect(links.address("lost_link") + "?wrong=1")


class CaseView(CitizenView):
    """Base: the order whose link this browser has opened; nobody else learns whether it exists."""

    title = _("Your order")

    def prepare(self, request: HttpRequest, *, order: UUID, **kwargs: Any) -> HttpResponse | None:
        found = tokens.order_for_tracking(request.COOKIES.get(CASE_COOKIE, ""))
        if found is None or found.pk != order:
            return redirect(links.address("lost_link"))
        self.order = found
        self.wish_language(found.language)
        return None

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.render(status=status, order=self.order, municipality=self.order.municipality, **context)

    def back(self, anchor: str = "") -> HttpResponse:
        return redirect(links.address("case", order=self.order.pk) + anchor)


class Case(CaseView):
    template_name = "diaspora_registrar/case/case.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show_with()

    def show_with(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        order = self.order
        items = list(order.items.select_related("document_type").prefetch_related("papers"))
        return self.show(
            status=status,
            items=items,
            next_step=next_for(order),
            accounts=order.accounts if order.payment_state in states.UNPAID else [],
            history=told(MunicipalityLogEntry.objects.filter(object_id=str(order.pk))),
            thread=order.thread.annotate(file_count=Count("files")),
            may_withdraw=actions.may_withdraw(order),
            message_form=forms.get("message_form") or MessageForm(initial={"key": uuid.uuid4()}),
            paid_form=forms.get("paid_form") or PaidForm,
        )

    def inspect_all(self, form: Any, kind: str) -> list:
        """What was accepted; what was refused is said in the form."""
        accepted = []
        for upload in form.cleaned_data["files"]:
            try:
                limits.spend("upload", limits.network_of(self.request))
                accepted.append((kind, inspect(upload)))
            except UploadRefused as error:
                form.add_error("files", f"{upload.name}: {error}")
        return accepted


class Sent(CaseView):
    title = _("Your order has been received")
    template_name = "diaspora_registrar/case/sent.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(next_step=next_for(self.order))


class Write(Case):
    """One message with files. A refused file does not lose the message: it is said beside it."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = MessageForm(request.POST, request.FILES)
        try:
            if form.is_valid():
                limits.spend("message", str(self.order.pk))
                accepted = self.inspect_all(form, FileKind.OTHER)
                if not form.errors:
                    key, body = form.cleaned_data["key"], form.cleaned_data["body"]
                    actions.answer(self.order, key=key, body=body, files=accepted)
                    return self.back("#thread")
        except DiasporaError as error:
            form.add_error(None, str(error))
        return self.show_with(status=422, message_form=form)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()


class Paid(Case):
    """The applicant says that the money was sent."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = PaidForm(request.POST, request.FILES)
        try:
            if form.is_valid():
                accepted = self.inspect_all(form, FileKind.PAYMENT)
                if not form.errors:
                    if self.order.payment_state == PaymentState.DUE:
                        actions.report_payment(self.order, files=accepted)
                    return self.back("#payment")
        except DiasporaError as error:
            form.add_error(None, str(error))
        return self.show_with(status=422, paid_form=form)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()
