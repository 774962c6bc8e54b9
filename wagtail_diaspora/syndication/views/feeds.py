"""Feeds as they were written: one look-up, no rendering.

A reader that has the newest number gets 304, and one that asks for what is new only (`A-IM: feed`, RFC 3229)
gets 226 with the entries that changed since its number. Where a feed's bytes are gone after a withdrawal and
not written again yet, readers are asked to come back.
"""

import gzip
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date, parse_http_date_safe
from django.views.generic import View

from .. import addresses, tokens
from ..actions import receiving
from ..actions.scripting import is_being_written
from ..formats.text import tag as tag_of
from ..models import FeedFile, Sent
from ..states import Way

ANY = "*"
"""In `If-None-Match`: whichever the reader has, so long as there is one."""
FETCHED = (200, 226)
GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)
"""In `Accept-Encoding`, unless it is refused there."""
SOON = 60
"""Seconds after which bytes that are being written are there."""


class FeedView(View):
    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A host's LocaleMiddleware names the reader's language where none is named."""
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code in FETCHED:
            response["Content-Language"] = tag_of(self.language_of(**kwargs))
        return response

    def language_of(self, path: str) -> str:
        return addresses.language_of(path)

    def get(self, request: HttpRequest, path: str) -> HttpResponse:
        if "\0" in request.path:  # PostgreSQL refuses to look for it
            raise Http404
        asked = request.META
        known = _etags(asked.get("HTTP_IF_NONE_MATCH", ""))
        only_new = bool(known) and _asks_for_new(asked)
        sent = FeedFile.look_up(path, known=known, cuts=only_new)
        if sent is None:
            return self.missing(path)
        packed = not only_new and _takes_gzip(asked)
        if _has_it(sent, known, asked):
            return HttpResponse(status=304, headers=_labels(sent, packed=packed))
        if only_new and (since := _number_of(known, sent.etag)) is not None and sent.cuts != "[]":
            return _new_only(sent, since)
        if packed:
            labels = _labels(sent, packed=True, **{"Content-Encoding": "gzip"})
            return HttpResponse(sent.packed, sent.content_type, headers=labels)
        return HttpResponse(_plain(sent.packed), sent.content_type, headers=_labels(sent))

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A browser asks first whether another website's script may send validators."""
        response = super().options(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Headers"] = "A-IM, If-Modified-Since, If-None-Match"
        return response

    def missing(self, path: str) -> HttpResponse:
        code, _slash, rest = path.partition("/")
        if is_being_written(code, rest.partition("/")[0]):
            return _come_back()
        raise Http404


class PrivateFeedView(FeedView):
    """One partner's. What is fetched anew is there, so the ledger says so."""

    def language_of(self, token: str, file: str) -> str:
        return file.partition("/")[0]

    def get(self, request: HttpRequest, token: str, file: str) -> HttpResponse:
        path = addresses.kept_path(f"for/{token}/{file}")
        self.token, self.language = token, self.language_of(token, file)
        response = super().get(request, path)
        if response.status_code in FETCHED and request.method == "GET":
            receiving.note_fetched(int(token.partition("-")[0]), path)
        del response["Access-Control-Allow-Origin"]
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = response["Cache-Control"].replace("public", "private")
        return response

    def missing(self, path: str) -> HttpResponse:
        partner = tokens.partner_for(self.token)
        if partner is None or partner.way != Way.FEED or not partner.is_confirmed:
            raise Http404
        return super().missing(f"{partner.municipality.code}/{self.language}/")


def _come_back() -> HttpResponse:
    return HttpResponse(status=503, headers={"Retry-After": SOON, "Cache-Control": "no-store"})


_plain = lru_cache(maxsize=16)(gzip.decompress)
"""Once for each process: few readers take nothing packed, and they ask again and again."""


def _has_it(sent: Sent, known: list[str], asked: Mapping[str, str]) -> bool:
    """A date counts only where no validator was sent (RFC 9110)."""
    if known:
        return sent.etag in known or known == [ANY]
    dated = asked.get("HTTP_IF_MODIFIED_SINCE")
    since = parse_http_date_safe(dated) if dated else None
    return since is not None and since >= sent.changed_at


def _labels(sent: Sent, *, packed: bool = False, **more: str) -> dict[str, str]:
    """Packed bytes are others than plain ones, so they have a validator of their own."""
    labels = {
        "ETag": f'"{sent.etag}-gzip"' if packed else f'"{sent.etag}"',
        "Last-Modified": http_date(sent.changed_at),
        "Cache-Control": "public, no-cache",  # kept, but never served without asking us
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, IM, Link",
        "Vary": "Accept-Encoding, A-IM",
        **more,
    }
    if sent.link:
        labels["Link"] = sent.link
    return labels


def _new_only(sent: Sent, since: int) -> HttpResponse:
    """The feed without the entries of `since` and earlier; for this reader only."""
    body, end, parts = gzip.decompress(sent.packed), 0, []
    for start, stop, number in json.loads(sent.cuts):
        parts.append(body[end : start if number <= since else stop])
        end = stop
    content = b"".join([*parts, body[end:]])
    headers = _labels(sent, **{"IM": "feed", "Cache-Control": "no-store, im"})
    return HttpResponse(content, sent.content_type, status=226, headers=headers)


def _takes_gzip(asked: Mapping[str, str]) -> bool:
    return bool(GZIP.search(asked.get("HTTP_ACCEPT_ENCODING", "")))


def _asks_for_new(asked: Mapping[str, str]) -> bool:
    parts = asked.get("HTTP_A_IM", "").split(",")
    return any(part.partition(";")[0].strip().lower() == "feed" for part in parts)


def _number_of(known: list[str], etag: str) -> int | None:
    """What the reader has, if it has this channel's, written in this way: `channel-number-way-digest`."""
    channel, _number, way, _digest = etag.split("-")
    for tag in known:
        parts = tag.split("-")
        if len(parts) == 4 and (parts[0], parts[2]) == (channel, way) and _is_number(parts[1]):
            return int(parts[1])
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20


def _etags(header: str) -> list[str]:
    """A proxy that packed the bytes marks the validator as weak, or adds what it did."""
    if not header:
        return []
    if header.strip() == ANY:
        return [ANY]
    quoted = [part.strip().removeprefix("W/").strip('"') for part in header.split(",")]
    return [tag.removesuffix("-gzip") for tag in quoted if tag not in ("", ANY)][:20]
