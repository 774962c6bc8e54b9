"""Where software asks to be sent a feed as soon as it changes (WebSub). Asking changes nothing yet."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from wagtail_diaspora import limits
from wagtail_diaspora.exceptions import LimitReached

from ..actions import hub
from ..forms.hub import HubForm

SOON = 60


@method_decorator([csrf_exempt, transaction.non_atomic_requests], name="dispatch")
class HubView(View):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        form = HubForm(request.POST)
        network = limits.network_of(request)
        try:
            limits.spend("hub", network)
            if not form.is_valid():
                return _said(form.reason(), status=400)
            if form.is_ping:
                hub.feed_at(form.wish["topic"])  # what we publish, we know before anybody tells us
            else:
                hub.ask(**form.wish, network=network)
        except hub.NotOurFeed as error:
            return _said(str(error), status=404)
        except hub.NotWrittenYet as error:
            return _said(str(error), status=503, headers={"Retry-After": SOON})
        except LimitReached as error:
            return _said(str(error), status=429, headers={"Retry-After": error.retry_after})
        return HttpResponse(status=202)


def _said(reason: str, **more: object) -> HttpResponse:
    return HttpResponse(f"{reason}\n", content_type="text/plain; charset=utf-8", **more)
