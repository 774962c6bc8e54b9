"""The page of an order, by its private link: where it stands, what comes next, the thread."""

import uuid
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora import limits
from wagtail_diaspora.citizens import CitizenView
from wagtail_diaspora.exceptions import DiasporaError, LimitReached, UploadRefused
from wagtail_diaspora.vault.inspection import inspect

from .. import actions, links, states, tokens
from ..forms import UploadForm
from ..forms.case import MessageForm, PaidForm, SignedForm
from ..models import OrderFile
from ..models.thread import FileKind
from ..tracked import items_of, thread_of
from ..wording import next_for, told
from .base import CASE_COOKIE, OPENED_COOKIES, SENDER_COOKIE, show_case


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

    @property
    def is_unconfirmed_sender(self) -> bool:
        """This browser sent the order, and nobody has confirmed the address that was typed in it."""
        sender = tokens.is_sender(self.request.COOKIES.get(SENDER_COOKIE, ""), self.order)
        return sender and self.order.email_confirmed_at is None

    def is_opened(self, page: str) -> bool:
        """Whether a code was used for it in this browser just now."""
        return tokens.is_opened(self.request.COOKIES.get(OPENED_COOKIES[page], ""), self.order, page)

    def signature(self) -> dict[str, Any]:
        """For the box that asks for the signed request."""
        if not self.order.takes_signature:
            return {}
        signed = self.order.files.filter(kind=FileKind.SIGNED_REQUEST).exists()
        return {"signed": signed, "signed_form": SignedForm(initial={"key": uuid.uuid4()})}


class Case(CaseView):
    template_name = "diaspora_registrar/case/case.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show_with()

    def show_with(self, *, status: int = 200, **context: Any) -> HttpResponse:
        order = self.order
        items, thread = items_of(order), thread_of(order)
        prefetch_related_objects([item for item in items if item.was_issued], "papers")
        if giving := [message for message in thread if message.file_count and not message.from_applicant]:
            prefetch_related_objects(
                giving, Prefetch("files", OrderFile.objects.of_office().select_related("file"))
            )
        return self.show(
            status=status,
            items=items,
            several_persons=len({item.person_id for item in items}) > 1,
            next_step=next_for(order),
            accounts=order.accounts if order.payment_state in states.UNPAID else [],
            history=told(order),
            thread=thread,
            may_withdraw=actions.may_withdraw(order, items),
            may_correct=actions.may_correct(order),
            keeps_typed=True,
            switch_action=links.address("write", order=order.pk),
            **{
                "paid_form": PaidForm,
                **self.signature(),
                **context,
            },
        )


class Sent(CaseView):
    title = _("Your order has been received")
    template_name = "diaspora_registrar/case/sent.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(
            next_step=next_for(self.order), **self.signature(), may_mend=self.is_unconfirmed_sender
        )


class CaseUpload(Case):
    """Base of the forms of that page. What is accepted is kept; of the rest, the page says why not.

    A subclass sets `form_class`, the `form_name` that the template knows, the `kind` of its files and the
    `anchor` to come back to, and keeps what was sent in `keep`.
    """

    form_class: type[UploadForm]
    form_name: str
    kind: str
    anchor = ""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, self.refused = self.form_class(request.POST, request.FILES), []
        if self.switching:
            return self.show_with(**{self.form_name: form.as_typed()})
        try:
            if form.is_valid():
                self.keep(form)
                return self.show_refused() if self.refused else self.back(self.anchor)
        except DiasporaError as error:
            form.add_error(None, self.sentence(error))
        return self.show_with(status=422, **{self.form_name: form})

    def keep(self, form: Any) -> None:
        raise NotImplementedError

    def show_refused(self) -> HttpResponse:
        self.order.refresh_from_db()
        return self.show_with(status=422, problems=self.refused)

    def accepted(self, form: Any) -> list:
        """The files with their kind, inspected."""
        found = []
        for upload in form.cleaned_data["files"]:
            try:
                limits.spend("upload", limits.network_of(self.request))
                found.append((self.kind, inspect(upload)))
            except (UploadRefused, LimitReached) as error:
                self.refused.append(f"{upload.name}: {self.sentence(error)}")
        return found


class Write(CaseUpload):
    """One message with files."""

    form_class, form_name = MessageForm, "message_form"
    kind, anchor = FileKind.OTHER, "#thread"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "insert" in request.POST:
            return self.show_with(message_form=MessageForm.with_sentence(request.POST))
        return super().post(request, **kwargs)

    def keep(self, form: MessageForm) -> None:
        limits.spend("message", str(self.order.pk))
        key, body = form.cleaned_data["key"], form.cleaned_data["body"]
        actions.answer(self.order, key=key, body=body, files=self.accepted(form))


class Paid(CaseUpload):
    """The applicant says that the money was sent, and may show the slip, then or later."""

    form_class, form_name = PaidForm, "paid_form"
    kind, anchor = FileKind.PAYMENT, "#payment"

    def keep(self, form: PaidForm) -> None:
        if self.order.payment_state in states.UNPAID:
            actions.report_payment(self.order, files=self.accepted(form))


class Signed(CaseUpload):
    """The request, signed by hand."""

    form_class, form_name = SignedForm, "signed_form"
    kind, anchor = FileKind.SIGNED_REQUEST, "#signature"

    def prepare(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        return super().prepare(request, **kwargs) or (None if self.order.takes_signature else self.back())

    def keep(self, form: SignedForm) -> None:
        limits.spend("message", str(self.order.pk))
        if files := self.accepted(form):
            body = gettext("Here is my signed request.")
            actions.answer(self.order, key=form.cleaned_data["key"], body=body, files=files)
