"""Feeds as they were written: one look-up, no rendering.

A reader that has the newest number gets 304, and one that asks for what is new only (`A-IM: feed`, RFC 3229)
gets 226 with the entries that changed since its number. Where a feed's bytes are gone after a withdrawal and
not written again yet, readers are asked to come back.
"""

import gzip
import json
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date, parse_http_date_safe
from django.views.generic import View

from .. import addresses, tokens
from ..actions import receiving
from ..actions.scripting import is_offered
from ..models import FeedFile
from ..states import Way

FETCHED = (200, 226)
GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)
"""In `Accept-Encoding`, unless it is refused there."""
SOON = 60
"""Seconds after which bytes that are being written are there."""


class FeedView(View):
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, path: str) -> HttpResponse:
        if "\0" in path:  # PostgreSQL refuses to look for it
            raise Http404
        known = _etags(request.headers.get("If-None-Match", ""))
        row = FeedFile.objects.look_up(path, known=known)
        if row is None:
            return self.missing(path)
        only_new = bool(known) and _asks_for_new(request)
        packed = not only_new and _takes_gzip(request)
        if row["packed"] is None or (not known and _is_since(request, row["changed_at"])):
            response = HttpResponse(status=304)
        elif only_new and (since := _number_of(known, row["etag"])) is not None and row["cuts"] != "[]":
            response = _new_only(row, since)
        else:
            content = bytes(row["packed"])
            content = content if packed else gzip.decompress(content)
            response = HttpResponse(content, content_type=row["content_type"])
            if packed:
                response["Content-Encoding"] = "gzip"
        return _labelled(response, row, packed=packed)

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A browser asks first whether another website's script may send validators."""
        response = super().options(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Headers"] = "A-IM, If-Modified-Since, If-None-Match"
        return response

    def missing(self, path: str) -> HttpResponse:
        code, _slash, rest = path.partition("/")
        if not is_offered(code, rest.partition("/")[0]):
            raise Http404
        return _come_back()


class PrivateFeedView(FeedView):
    """One partner's. What is fetched anew is there, so the ledger says so."""

    def get(self, request: HttpRequest, token: str, file: str) -> HttpResponse:
        path = f"for/{token}/{file}"
        response = super().get(request, path)
        if response.status_code in FETCHED and request.method == "GET":
            receiving.note_fetched(int(token.partition("-")[0]), path)
        del response["Access-Control-Allow-Origin"]
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = response["Cache-Control"].replace("public", "private")
        return response

    def missing(self, path: str) -> HttpResponse:
        partner = tokens.partner_for(path.split("/")[1])
        if partner is None or partner.way != Way.FEED or not partner.is_confirmed:
            raise Http404
        return _come_back()


def _come_back() -> HttpResponse:
    return HttpResponse(status=503, headers={"Retry-After": SOON, "Cache-Control": "no-store"})


def _labelled(response: HttpResponse, row: dict[str, Any], *, packed: bool) -> HttpResponse:
    """Packed bytes are others than plain ones, so they have a validator of their own."""
    response["ETag"] = f'"{row["etag"]}-gzip"' if packed else f'"{row["etag"]}"'
    response["Last-Modified"] = http_date(row["changed_at"])
    response.setdefault("Cache-Control", "public, no-cache")  # kept, but never served without asking us
    response["Access-Control-Allow-Origin"] = "*"
    if row["url"]:
        response["Link"] = addresses.link_header(row["url"])
    response["Vary"] = "Accept-Encoding, A-IM"
    return response


def _new_only(row: dict[str, Any], since: int) -> HttpResponse:
    """The feed without the entries of `since` and earlier; for this reader only."""
    body, end, parts = gzip.decompress(row["packed"]), 0, []
    for start, stop, number in json.loads(row["cuts"]):
        parts.append(body[end : start if number <= since else stop])
        end = stop
    content = b"".join([*parts, body[end:]])
    headers = {"IM": "feed", "Cache-Control": "no-store, im"}
    return HttpResponse(content, status=226, content_type=row["content_type"], headers=headers)


def _takes_gzip(request: HttpRequest) -> bool:
    return bool(GZIP.search(request.headers.get("Accept-Encoding", "")))


def _asks_for_new(request: HttpRequest) -> bool:
    asked = request.headers.get("A-IM", "").split(",")
    return any(part.partition(";")[0].strip().lower() == "feed" for part in asked)


def _number_of(known: list[str], etag: str) -> int | None:
    """What the reader has, if it has this channel's, written in this way: `channel-number-way`."""
    channel, _number, way = etag.split("-")
    for tag in known:
        parts = tag.split("-")
        if len(parts) == 3 and (parts[0], parts[2]) == (channel, way) and parts[1].isdecimal():
            return int(parts[1])
    return None


def _etags(header: str) -> list[str]:
    """A proxy that packed the bytes marks the validator as weak, or adds what it did."""
    quoted = [part.strip().removeprefix("W/").strip('"') for part in header.split(",")]
    return [tag.removesuffix("-gzip") for tag in quoted if tag][:20]


def _is_since(request: HttpRequest, changed_at: int) -> bool:
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and since >= changed_at
