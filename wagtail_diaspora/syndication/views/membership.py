"""Where a hub says what has become of a membership: whoever controls this website hears it here."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from wagtail_diaspora import limits
from wagtail_diaspora.exceptions import LimitReached

from ..actions import membership
from ..forms.joining import StateForm
from .joining import NotUnderstood, answer, said_in


@method_decorator([csrf_exempt, transaction.non_atomic_requests], name="dispatch")
class MembershipView(View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        try:
            limits.spend("membership", limits.network_of(request))
            form = StateForm(said_in(request))
        except LimitReached as error:
            return answer(429, Retry_After=error.retry_after)
        except NotUnderstood:
            return answer(400)
        if not form.is_valid():
            return answer(400)
        said = form.cleaned_data
        facts = {"token": said["token"], "chain_url": said["chain"], "hub_name": said["hub"]}
        facts |= {"nonce": said["nonce"], "state": said["state"], "read": said["read"]}
        facts |= {"untold": said["untold"]}
        return answer(200 if membership.heard(key, **facts) else 404)
