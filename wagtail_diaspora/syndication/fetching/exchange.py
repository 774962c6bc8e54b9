from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urldefrag, urljoin

import requests
import ssrfguard
import urllib3

import wagtail_diaspora

from .deadline import Deadline
from .errors import (
    AddressRefused,
    BrokenAnswer,
    CertificateRefused,
    FetchError,
    NotAnAddress,
    NotReached,
    TooManyRedirects,
    TooSlow,
)
from .inflating import inflate
from .session import ATTEMPTS, open_session

__all__ = ["Fetched", "fetch", "post"]

MEGABYTE = 1024 * 1024
MAX_REDIRECTS = 5
PIECE = 16 * 1024
PERMANENT = (301, 308)
REDIRECTS = {"GET": (301, 302, 303, 307, 308), "POST": (307, 308)}
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.5, */*;q=0.1"
)


@dataclass(frozen=True)
class Fetched:
    """What a server said. `url` is where it was read in the end; `permanent_url` is where the server wants
    us to ask from now on, as far as it said so without a temporary step in between."""

    status: int
    url: str
    permanent_url: str
    body: bytes
    headers: Mapping[str, str]

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300


def fetch(
    url: str,
    *,
    etag: str = "",
    modified: str = "",
    headers: Mapping[str, str] | None = None,
    deadline_seconds: float = 20,
    max_bytes: int = 4 * MEGABYTE,
    asked_by: str = "",
    follow: bool = True,
) -> Fetched:
    """GET, with the validators of the last time; `asked_by` is the address of the Site that asks.

    Raises FetchError. A status of 304, 404 or 500 is an answer, not an error; so is 302 unless we `follow`.
    """
    known = {"Accept": ACCEPT, "If-None-Match": etag, "If-Modified-Since": modified}
    return _exchange("GET", url, {**known, **(headers or {})}, asked_by, deadline_seconds, max_bytes, follow)


def post(
    url: str,
    *,
    body: bytes,
    content_type: str,
    headers: Mapping[str, str] | None = None,
    deadline_seconds: float = 20,
    max_bytes: int = 64 * 1024,
    asked_by: str = "",
    follow: bool = True,
) -> Fetched:
    """POST, as safely as `fetch`. Only 307 and 308 are followed, which keep the body."""
    more = {"Content-Type": content_type, **(headers or {})}
    return _exchange("POST", url, more, asked_by, deadline_seconds, max_bytes, follow, body)


def _exchange(
    method: str,
    url: str,
    headers: Mapping[str, str],
    asked_by: str,
    seconds: float,
    max_bytes: int,
    follow: bool,
    body: bytes | None = None,
) -> Fetched:
    said = {name: value for name, value in headers.items() if value} | _about_us(asked_by)
    permanent, is_permanent = url, True
    with Deadline(seconds) as deadline, _in_our_words(deadline), open_session(deadline) as session:
        for _hop in range(MAX_REDIRECTS + 1):
            timeout = deadline.left() / ATTEMPTS, deadline.left()
            asked = requests.Request(method, url, headers=said, data=body).prepare()
            with session.send(asked, stream=True, timeout=timeout) as answer:
                target = _target(answer, method) if follow else ""
                if not target:
                    content = _content(answer, deadline, max_bytes)
                    return Fetched(answer.status_code, url, permanent, content, answer.headers)
            url = urldefrag(urljoin(url, target)).url
            is_permanent = is_permanent and answer.status_code in PERMANENT
            permanent = url if is_permanent else permanent
        raise TooManyRedirects


def _target(answer: requests.Response, method: str) -> str:
    """As UTF-8, which http.client has taken for Latin-1."""
    if answer.status_code not in REDIRECTS[method]:
        return ""
    return answer.headers.get("Location", "").encode("latin-1", "replace").decode("utf-8", "replace")


def _content(answer: requests.Response, deadline: Deadline, max_bytes: int) -> bytes:
    encoding = answer.headers.get("Content-Encoding", "")
    content = inflate(_pieces(answer), encoding, max_bytes=max_bytes)
    deadline.left()  # a connection that was shut looks like an answer that is over
    return content


def _pieces(answer: requests.Response) -> Iterator[bytes]:
    while piece := answer.raw.read(PIECE, decode_content=False):
        yield piece


def _about_us(asked_by: str) -> dict[str, str]:
    where = f" (+{asked_by})" if asked_by else ""
    return {
        "User-Agent": f"wagtail-diaspora/{wagtail_diaspora.__version__}{where}",
        "Accept-Encoding": "gzip, deflate",
    }


@contextmanager
def _in_our_words(deadline: Deadline) -> Iterator[None]:
    """Whatever went wrong after the deadline went wrong because of it."""
    try:
        yield
    except FetchError:
        raise
    except Exception as error:
        found = TooSlow if deadline.is_over else _named(error)
        if found is None:
            raise
        raise found from error


def _named(error: Exception) -> type[FetchError] | None:
    """Of an address in numbers, ssrfguard says in the cause why it refused it."""
    for kinds, name in NAMES:
        if isinstance(error, kinds) or isinstance(error.__cause__, kinds):
            return name
    return None


NAMES: tuple[tuple[tuple[type[Exception], ...], type[FetchError]], ...] = (
    ((ssrfguard.BlockedAddressError,), AddressRefused),
    ((ssrfguard.BlockedURLError, requests.exceptions.InvalidURL), NotAnAddress),
    ((requests.exceptions.MissingSchema, requests.exceptions.InvalidSchema, UnicodeError), NotAnAddress),
    ((requests.exceptions.SSLError,), CertificateRefused),
    ((requests.Timeout, urllib3.exceptions.TimeoutError), TooSlow),
    ((requests.exceptions.ConnectionError,), NotReached),
    ((requests.RequestException, urllib3.exceptions.HTTPError, HTTPException), BrokenAnswer),
    ((ValueError,), NotAnAddress),
    ((OSError,), NotReached),
)
"""The first that fits."""
