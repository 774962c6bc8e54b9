"""Optional: a page that was withdrawn from the diaspora's news answers 410 Gone instead of 404 Not Found.

Software that keeps copies then knows that the page will not come back. Add
`wagtail_diaspora.syndication.middleware.GoneMiddleware` anywhere in MIDDLEWARE.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path
from wagtail.models import Site

from .addresses import digest_of
from .models import Edition
from .states import EditionState


class GoneMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and request.method in ("GET", "HEAD") and _was_withdrawn(request):
            response.status_code = 410
        return response


def _was_withdrawn(request: HttpRequest) -> bool:
    site = Site.find_for_request(request)
    if site is None:
        return False
    digest = digest_of(site.root_url + escape_uri_path(request.path))
    return Edition.objects.filter(address_digest=digest, state=EditionState.WITHDRAWN).exists()
