"""Pages without a cookie: resume a draft, a lost link, confirm an address, ask about a paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora import limits
from wagtail_diaspora.citizens import CitizenView
from wagtail_diaspora.exceptions import DiasporaError, LimitReached
from wagtail_diaspora.municipalities.models import Municipality

from .. import actions, links, proof, tokens
from ..actions import drafts
from ..forms.case import LostLinkForm, ProofForm
from ..models import Order
from ..references import normalise
from .base import set_case_cookie, set_draft_cookie


class Resume(CitizenView):
    """A mail scanner may open this: only the button takes the draft to this device."""

    title = _("Go on with your order")
    template_name = "diaspora_registrar/order/resume.html"

    def prepare(self, request: HttpRequest, *, token: str) -> HttpResponse | None:
        self.draft = tokens.draft_for_resume(token)
        if self.draft is None:
            self.template_name = "diaspora_registrar/order/gone.html"
            return self.render()
        self.wish_language(self.draft.language)
        return None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.render(draft=self.draft, municipality=self.draft.municipality)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        secret, secret_hash = tokens.new_secret()
        try:
            drafts.take_over(self.draft, secret_hash=secret_hash)
        except DiasporaError as error:
            told = self.sentence(error)
            return self.render(422, draft=self.draft, municipality=self.draft.municipality, error=told)
        response = redirect(links.address("documents", draft=self.draft.pk))
        set_draft_cookie(request, response, self.draft, secret)
        return response


class LostLink(CitizenView):
    """The answer is the same whether there is such an order or not."""

    title = _("I have lost the link to my order")
    template_name = "diaspora_registrar/case/lost_link.html"
    keeps_typed = True

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render(form=LostLinkForm(), wrong="wrong" in request.GET)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LostLinkForm(request.POST)
        if self.switching:
            return self.render(form=form.as_typed())
        if not form.is_valid():
            return self.render(status=422, form=form)
        try:
            limits.spend("lost_link", limits.network_of(request))
            self._send(**form.cleaned_data)
        except LimitReached as error:
            form.add_error(None, self.sentence(error))
            return self.render(form=form)
        return self.render(done=True)

    def _send(self, *, email: str, reference: str, **rest: str) -> None:
        """The same queries and the same mail, whether there is such an order or not."""
        limits.spend("lost_link_recipient", limits.mailbox(email))
        offices = Municipality.objects.select_related("site")
        office = offices.for_request(self.request).first() or offices.first()
        found = Order.objects.filter(reference=normalise(reference) or "", erased_at=None)
        order = found.select_related("municipality", "municipality__site").first()
        stand_in = Order(municipality=office, reference=reference, language=self.language)
        if office:
            actions.send_link(order or stand_in, email=email)


class ConfirmEmail(CitizenView):
    title = _("Confirm your e-mail address")
    template_name = "diaspora_registrar/case/confirm.html"

    def prepare(self, request: HttpRequest, *, token: str) -> HttpResponse | None:
        self.order, self.address = tokens.order_for_confirming(token)
        if self.order is None:
            return redirect(links.address("lost_link") + "?wrong=1")
        self.wish_language(self.order.language)
        return None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        replaces = self.address == self.order.new_email
        if replaces or self.order.email_confirmed_at is None:
            actions.confirm_email(self.order, address=self.address)
        self.order.refresh_from_db()
        response = self._show(replaced=replaces)
        return set_case_cookie(request, response, self.order) if replaces else response

    def _show(self, **context: Any) -> HttpResponse:
        done = self.order.email_confirmed_at is not None and self.address == self.order.email
        return self.render(order=self.order, municipality=self.order.municipality, done=done, **context)


class Proof(CitizenView):
    """Says what this office issued; never that a paper is genuine."""

    title = _("Ask about a paper")
    template_name = "diaspora_registrar/proof.html"

    def get(self, request: HttpRequest, *, code: str = "") -> HttpResponse:
        code = code or request.GET.get("code", "")
        if not code:
            return self.render(form=ProofForm())
        form = ProofForm({"code": code})
        if not form.is_valid():
            return self.render(status=422, form=form)
        try:
            limits.spend("proof", limits.network_of(request))
        except LimitReached as error:
            form.add_error(None, self.sentence(error))
            return self.render(form=form)
        office = Municipality.objects.for_request(request).first()
        return self.render(form=form, asked=True, paper=proof.paper_for(form.cleaned_data["code"], office))
