"""Words between a website and its hub, as JSON over HTTP. Only the clock's jobs call.

Public API: `ask`, `tell`, `page`. No redirect is followed: what is said is secret.
"""

import json
from collections.abc import Mapping
from typing import Any

from ..fetching import Fetched, FetchError, fetch, post
from ..models import ChainTrouble
from .errands import CallFailed
from .settling import retry_after

__all__ = ["ask", "page", "tell"]

SECONDS = 15.0
MAX_BYTES = 1024 * 1024
STATUS = {404: ChainTrouble.NO_HUB, 401: ChainTrouble.STRANGER, 409: ChainTrouble.TWICE}
STATUS |= {429: ChainTrouble.BUSY, 503: ChainTrouble.BUSY, 400: ChainTrouble.WEBSITE, 403: ChainTrouble.CODE}
JSON = "application/json"


def tell(
    url: str, said: Mapping[str, Any], *, asked_by: str, token: str = "", status: Mapping = STATUS
) -> dict[str, Any]:
    """What the server answers to `said`. Raises CallFailed."""
    how = {"content_type": JSON, "headers": _bearer(token), "max_bytes": MAX_BYTES}
    body = json.dumps(said).encode()
    try:
        answer = post(url, body=body, asked_by=asked_by, deadline_seconds=SECONDS, follow=False, **how)
    except FetchError as error:
        raise CallFailed(error.code) from None
    return _said(answer, status)


def ask(url: str, *, asked_by: str, token: str, etag: str) -> tuple[dict[str, Any] | None, str]:
    """What is there to read, and its validator; None where nothing has changed since. Raises CallFailed."""
    how = {"headers": {"Accept": JSON, **_bearer(token)}, "max_bytes": MAX_BYTES, "etag": etag}
    try:
        answer = fetch(url, asked_by=asked_by, deadline_seconds=SECONDS, follow=False, **how)
    except FetchError as error:
        raise CallFailed(error.code) from None
    if answer.status == 304:
        return None, etag
    validator = answer.headers.get("ETag", "")
    return _said(answer, STATUS), validator if len(validator) <= 100 else ""


def page(url: str, *, asked_by: str) -> Fetched:
    """A website's page, wherever it leads to. Raises CallFailed."""
    try:
        return fetch(url, asked_by=asked_by, deadline_seconds=SECONDS, max_bytes=MAX_BYTES)
    except FetchError as error:
        raise CallFailed(error.code) from None


def _said(answer: Fetched, status: Mapping) -> dict[str, Any]:
    if not answer.is_ok:
        if answer.status == 401 and not answer.headers.get("WWW-Authenticate", "").startswith("Bearer"):
            raise CallFailed(ChainTrouble.SERVER)  # of a proxy in between, which knows no members
        usual = ChainTrouble.REDIRECTS if 300 <= answer.status < 400 else ChainTrouble.SERVER
        raise CallFailed(status.get(answer.status, usual), retry_after(answer))
    try:
        said = json.loads(answer.body or b"{}")
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise CallFailed(ChainTrouble.BROKEN)
    return said


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}
