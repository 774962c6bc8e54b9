"""A hub towards municipalities that join it: for people, and for their websites."""

import hashlib
import json
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from wagtail_diaspora import limits
from wagtail_diaspora.citizens import CitizenView
from wagtail_diaspora.exceptions import LimitReached
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.municipalities.models.municipality import Kind

from .. import tokens
from ..actions import hub_lines, invitations, joining, members
from ..forms.joining import AddressForm, JoinForm, OwnForm
from ..models import Member
from ..reading import HUB
from ..states import MemberState

MOST_BYTES = 1024 * 1024
SOON = 60


class NotUnderstood(Exception):
    """What was sent is no JSON object of a reasonable size."""


def said_in(request: HttpRequest) -> dict[str, Any]:
    body = request.read(MOST_BYTES + 1)
    try:
        said = json.loads(body) if len(body) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise NotUnderstood
    return said


def answer(status: int, said: dict[str, Any] | None = None, **headers: Any) -> HttpResponse:
    response = JsonResponse(said or {}, status=status)
    response["Cache-Control"] = "private, no-store"
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response


class JoinView(CitizenView):
    """A person reads here what the hub is; a website that runs this package asks to join."""

    title = _("Join the network with your news")
    from_anywhere = True
    template_name = "diaspora_syndication/joining/hub.html"

    def prepare(self, request: HttpRequest, *, code: str, **kwargs: Any) -> None:
        hubs = Municipality.objects.filter(kind=Kind.NETWORK, site__isnull=False).select_related("site")
        self.hub = hubs.filter(code=code).first()
        if self.hub is None:
            raise Http404

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return named(self.hub, self.render(hub=self.hub, address=invitations.address_of(self.hub)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            limits.spend("join", limits.network_of(request))
            form = JoinForm(said_in(request))
            if not form.is_valid():
                return answer(400, {"errors": form.errors})
            member = joining.ask(self.hub, **form.cleaned_data)
        except NotUnderstood:
            return answer(400)
        except joining.UnknownCode:
            return answer(403)
        except joining.MemberAlready:
            return answer(409)
        except IntegrityError:  # the same request, twice at once
            return answer(503, Retry_After=SOON)
        except LimitReached as error:
            return answer(429, Retry_After=error.retry_after)
        return answer(202, {"state": member.state})


@method_decorator([csrf_exempt, transaction.non_atomic_requests], name="dispatch")
class ChainView(View):
    """The hub's ledger, for one member about its own items; and what that member says of newsrooms."""

    http_method_names = ["get", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            limits.spend("chain", limits.network_of(request))
        except LimitReached as error:
            return answer(429, Retry_After=error.retry_after)
        self.member = members.member_with(_token(request))
        if self.member is None:
            return answer(401, WWW_Authenticate="Bearer")
        if not self.member.confirmed_at or not self.member.source_id:
            return answer(503, Retry_After=SOON)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        said = hub_lines.page_for(self.member, request.GET.get("after", "")[:80])
        etag = f'"{hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]}"'
        members.note_heard(self.member)
        if request.headers.get("If-None-Match") == etag:
            return HttpResponse(status=304, headers={"ETag": etag})
        return answer(200, said, ETag=etag)

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            said = said_in(request)
        except NotUnderstood:
            return answer(400)
        form = OwnForm(said)
        if not form.is_valid():
            return answer(400, {"errors": form.errors})
        own = form.cleaned_data
        answered = {"own": members.note_own(self.member, own["newsrooms"], since=own["since"])}
        if said.get("leave") is True:
            joining.left(self.member)
            self.member.source.refresh_from_db(fields=["state", "takes_new"])
            answered["read"] = members.read_until(self.member)
        return answer(200, answered)


class InvitationView(CitizenView):
    """By the link of the mail, without an account. A mail scanner opens links: a GET changes nothing."""

    title = JoinView.title
    template_name = "diaspora_syndication/joining/invitation.html"

    def prepare(self, request: HttpRequest, *, token: str, **kwargs: Any) -> HttpResponse | None:
        self.member, self.token = tokens.member_for(token), token
        if self.member is None:
            self.template_name = "diaspora_syndication/joining/gone.html"
            return self.render(404)
        self.wish_language(self.member.language)
        return None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show(AddressForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.POST.get("do") == "code":
            return self._show(AddressForm(), code=invitations.show_code(self.member))
        form = AddressForm(request.POST)
        if not form.is_valid():
            return self._show(form, 422)
        invitations.join_by_address(self.member, form.cleaned_data["address"])
        with translation.override(None):
            return redirect(reverse("diaspora_syndication:invitation", args=[self.token]))

    def _show(self, form: AddressForm, status: int = 200, **context: Any) -> HttpResponse:
        member = Member.objects.select_related("municipality__site").get(pk=self.member.pk)
        context |= {"member": member, "hub": member.municipality, "states": MemberState}
        return named(member.municipality, self.render(status, form=form, **context))


def named(hub: Municipality, response: HttpResponse) -> HttpResponse:
    """So that any page of ours leads a website to where it asks to join."""
    response["Link"] = f'<{invitations.address_of(hub)}>; rel="{HUB}"'
    return response


def _token(request: HttpRequest) -> str:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" and len(token) <= 200 else ""
