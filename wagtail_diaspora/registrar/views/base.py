"""What the pages of one draft share: finding it by its cookie, its steps, its way back."""

from copy import deepcopy
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from wagtail_diaspora.citizens import CitizenView
from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.municipalities.models import Municipality

from .. import links, offices, tokens
from ..flow import STEPS, Flow
from ..models import Draft, Order
from ..models.thread import OrderFile

# Named so that Django's own error reports hide them, too.
DRAFT_COOKIE = "diaspora_draft_secret"
CASE_COOKIE = "diaspora_case_token"
SENDER_COOKIE = "diaspora_sender_token"
OPENED_COOKIES = {"change": "diaspora_change_token", "files": "diaspora_files_token"}
"""By the page that a code opens."""


def office_of(request: HttpRequest) -> Municipality:
    """The office of this site, with its settings, or 404."""
    found = Municipality.objects.for_request(request).select_related("site", "registrar_settings").first()
    if found is None or not hasattr(found, "registrar_settings"):
        raise Http404
    return found


class StepView(CitizenView):
    """One page of the order: a GET shows the form, a valid POST keeps the answer and goes on."""

    step = ""
    keeps_typed = True

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(self.get_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.get_form(data=request.POST, files=request.FILES)
        if self.switching:
            return self.show(form.as_typed())
        if form.is_valid():
            try:
                return self.keep(form)
            except DiasporaError as error:
                form.add_error(None, self.sentence(error))
        return self.show(form)

    def get_form(self, **data: Any) -> Any:
        """`data` and `files` of a POST, nothing for a GET."""
        raise NotImplementedError

    def keep(self, form: Any) -> HttpResponse:
        raise NotImplementedError

    def show(self, form: Any, **context: Any) -> HttpResponse:
        """A form that was filled in is shown again only because something is wrong."""
        status = 422 if form.is_bound and not self.switching else 200
        return self.render(
            status=status,
            form=form,
            **self.context(),
            **context,
        )

    def context(self) -> dict[str, Any]:
        return {
            "step_number": STEPS.index(self.step) + 1,
            "step_count": len(STEPS),
            "step_title": self.title,
        }


class DraftMixin:
    """Finds the draft whose secret this browser holds; everybody else learns nothing of it."""

    request: HttpRequest

    def prepare(self, request: HttpRequest, *, draft: UUID, **kwargs: Any) -> HttpResponse | None:
        found = offices.find(Draft, draft)
        if found is None or not tokens.fits(request.COOKIES.get(DRAFT_COOKIE, ""), found.secret_hash):
            return self.gone()
        self.draft = found
        self.wish_language(self.draft.language)
        if self.draft.sent_at:
            return show_case(request, Order.objects.get(draft_key=self.draft.pk), sender=True)
        if not self.draft.is_alive:
            return self.gone()
        return None

    def gone(self) -> HttpResponse:
        self.template_name = "diaspora_registrar/order/gone.html"
        return self.render(status=404)

    @cached_property
    def flow(self) -> Flow:
        municipality = self.draft.municipality
        return Flow(municipality, municipality.registrar_settings, deepcopy(self.draft.answers))

    @cached_property
    def files(self) -> list[OrderFile]:
        return list(self.draft.files.select_related("file"))

    def to_step(self, step: str, number: int | None = None) -> HttpResponse:
        numbered = {} if number is None else {"number": number}
        return redirect(links.address(step, draft=self.draft.pk, **numbered))

    def to_next(self) -> HttpResponse:
        return self.to_step(*self.flow.next_step())

    def context(self) -> dict[str, Any]:
        found = {"draft": self.draft, "flow": self.flow, "municipality": self.draft.municipality}
        return super().context() | found


def set_draft_cookie(request: HttpRequest, response: HttpResponse, draft: Draft, secret: str) -> None:
    age = int((draft.expires_at - draft.created_at).total_seconds()) + 14 * 86400
    _set_cookie(request, response, DRAFT_COOKIE, secret, path=_draft_path(draft), max_age=age)


def forget_draft_cookie(response: HttpResponse, draft: Draft) -> None:
    response.delete_cookie(DRAFT_COOKIE, path=_draft_path(draft))


def show_case(
    request: HttpRequest, order: Order, name: str = "case", *, sender: bool = False
) -> HttpResponse:
    """Go to a page of the order with the link's right in a cookie, so that no token stays in an address.

    `sender` is a browser that holds the draft's secret: it may mend a mistyped e-mail address.
    """
    response = redirect(links.address(name, order=order.pk), permanent=False)
    set_case_cookie(request, response, order)
    if sender:
        path = links.address("case", order=order.pk)
        known = tokens.sender_token(order)
        _set_cookie(request, response, SENDER_COOKIE, known, path=path, max_age=14 * 86400)
    return response


def set_case_cookie(request: HttpRequest, response: HttpResponse, order: Order) -> HttpResponse:
    path, token = links.address("case", order=order.pk), tokens.tracking_token(order)
    _set_cookie(request, response, CASE_COOKIE, token, path=path, max_age=90 * 86400)
    return response


def open_page(request: HttpRequest, response: HttpResponse, order: Order, page: str) -> HttpResponse:
    """Let this browser see that page, and what is below it, for a while."""
    path, token = links.address(page, order=order.pk), tokens.opened_token(order, page)
    name, age = OPENED_COOKIES[page], tokens.OPEN_MINUTES * 60
    _set_cookie(request, response, name, token, path=path, max_age=age)
    return response


def _set_cookie(request: HttpRequest, response: HttpResponse, name: str, value: str, **options: Any) -> None:
    response.set_cookie(name, value, httponly=True, samesite="Lax", secure=request.is_secure(), **options)


def _draft_path(draft: Draft) -> str:
    return links.address("documents", draft=draft.pk).removesuffix("documents/")
