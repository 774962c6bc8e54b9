"""What an error report tells about a page of ours: where it failed, never what people typed.

Public API: `discreet`, `NothingPersonal`.
"""

import contextlib
from collections.abc import Iterable, Iterator
from types import FrameType
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.views.debug import SafeExceptionReporterFilter

__all__ = ["NothingPersonal", "discreet"]

ADDRESSES = {"HTTP_COOKIE", "HTTP_REFERER", "PATH_INFO", "QUERY_STRING", "RAW_URI", "REQUEST_URI"}


class NothingPersonal(SafeExceptionReporterFilter):
    """Stars in place of everything that was typed or kept in a cookie, and no variables."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        return dict.fromkeys(request.POST, self.cleansed_substitute) if request else {}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, str]:
        return dict.fromkeys(request.COOKIES, self.cleansed_substitute)

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        hidden = dict.fromkeys(ADDRESSES & request.META.keys(), self.cleansed_substitute)
        return super().get_safe_request_meta(request) | hidden

    def get_traceback_frame_variables(self, request: HttpRequest, tb_frame: FrameType) -> Iterable:
        return ()


@contextlib.contextmanager
def discreet(request: HttpRequest) -> Iterator[None]:
    """Whatever fails inside is reported without personal data, to whomever the host reports it."""
    request.exception_reporter_filter = NothingPersonal()
    try:
        yield
    except (Http404, PermissionDenied):
        raise  # an answer, not a failure; what handles it needs the address
    except Exception:
        _forget_address(request)
        raise


def _forget_address(request: HttpRequest) -> None:
    """A report and its subject show these whatever the filter says: tokens, queries, names of files."""
    for value in request.resolver_match.kwargs.values():
        if isinstance(value, str):
            request.path = request.path.replace(value, NothingPersonal.cleansed_substitute)
            request.path_info = request.path_info.replace(value, NothingPersonal.cleansed_substitute)
    request.GET = QueryDict()
    request.META["QUERY_STRING"] = ""
    with contextlib.suppress(OSError):  # the upload broke off, and that is what is reported
        request.FILES.clear()
