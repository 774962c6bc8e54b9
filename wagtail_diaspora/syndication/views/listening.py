"""Where the hubs of others ask whether it was we who subscribed, and say that there is news (WebSub)."""

import hashlib
import hmac
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from ..actions import listening

METHODS = ("sha256", "sha384", "sha512", "sha1")
LARGEST, PIECE = 16 * 1024 * 1024, 64 * 1024
LONGEST_CHALLENGE = 1000


@method_decorator([csrf_exempt, transaction.non_atomic_requests], name="dispatch")
class ListenView(View):
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        said = {
            name: request.GET.get(f"hub.{name}", "").replace("\0", "")
            for name in ("mode", "topic", "lease_seconds")
        }
        lease = said.pop("lease_seconds")
        if not listening.confirm(key, **said, seconds=int(lease) if _is_number(lease) else None):
            raise Http404
        challenge = request.GET.get("hub.challenge", "")[:LONGEST_CHALLENGE]
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
        return HttpResponse(challenge, content_type="text/plain; charset=utf-8", headers=headers)

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """What is not signed as agreed is taken and forgotten, as the standard wants."""
        secret = listening.secret_of(key)
        if secret is None:
            return HttpResponse(status=410)
        if _is_signed(request, secret):
            listening.heard(key)
        return HttpResponse(status=202)


def _is_signed(request: HttpRequest, secret: str) -> bool:
    method, _equals, signature = request.headers.get("X-Hub-Signature", "").partition("=")
    if method not in METHODS or not signature.isascii():
        return False
    digest, size = hmac.new(secret.encode(), digestmod=getattr(hashlib, method)), 0
    while size <= LARGEST and (piece := request.read(PIECE)):
        digest.update(piece)
        size += len(piece)
    return size <= LARGEST and hmac.compare_digest(digest.hexdigest(), signature.lower())


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 12
