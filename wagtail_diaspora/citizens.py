"""What every page for citizens has: their language, the host's look, nothing stored on the way.

Public API: `CitizenView` for plain views, `citizen_context` for Wagtail pages, `choose_language` and
`remember_language`, `served_languages`, `LanguageField`.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers
from django.utils.decorators import decorator_from_middleware
from django.utils.log import log_response
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from . import conf, reports
from .exceptions import DiasporaError

LANGUAGE_COOKIE = "diaspora_language"
LANGUAGE_PARAMETER = "language"
SWITCH_PARAMETER = "diaspora_switch"


def served_languages() -> tuple[str, ...]:
    """Codes; a host that switched Django's translations off serves everybody in our own words, English."""
    return tuple(conf.LANGUAGES) if settings.USE_I18N else ("en",)


def known_language(code: str | None) -> str | None:
    """The citizen's language that `code` means (`sr-Latn-BA` is `sr-latn`), or None."""
    code = (code or "").lower().replace("_", "-")
    while code:
        if code in served_languages():
            return code
        code = code.rpartition("-")[0]
    return None


def choose_language(request: HttpRequest, *wishes: str | None) -> str:
    """The first that is served: asked for in the URL, the cookie, `wishes`, the browser's, the first."""
    candidates = [
        request.GET.get(LANGUAGE_PARAMETER),
        request.COOKIES.get(LANGUAGE_COOKIE),
        *wishes,
        *_accepted(request),
    ]
    return next(filter(None, map(known_language, candidates)), served_languages()[0])


def remember_language(request: HttpRequest, response: HttpResponse, language: str) -> HttpResponse:
    """Say the language of the response, and keep it when it was asked for."""
    response["Content-Language"] = language
    patch_vary_headers(response, ["Cookie"])
    if known_language(request.GET.get(LANGUAGE_PARAMETER)):
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=365 * 86400, httponly=True, samesite="Lax")
    return response


def citizen_context(request: HttpRequest, *, language: str) -> dict[str, Any]:
    """For templates that extend `wagtail_diaspora/base.html`."""
    language = known_language(language) or "en"  # our words in any other language are the English ones
    query = _switching(request)
    return {
        "diaspora_base": conf.BASE_TEMPLATE,
        "diaspora_language": language,
        "diaspora_languages": [
            {"code": code, "name": language_name(code), "current": code == language, "query": query + code}
            for code in served_languages()
        ],
    }


def _switching(request: HttpRequest) -> str:
    """What the address asks for, up to the code of a language."""
    kept = request.GET.copy()
    kept.pop(LANGUAGE_PARAMETER, None)
    return f"?{'&'.join(filter(None, [kept.urlencode(), LANGUAGE_PARAMETER]))}="


def language_name(code: str) -> str:
    """A language's name in itself; Serbian says its script."""
    own = {"sr": "Српски", "sr-latn": "Srpski (latinica)", "bs": "Bosanski", "hr": "Hrvatski"}
    try:
        return own.get(code) or get_language_info(code)["name_local"]
    except KeyError:  # a language that only the host knows
        return code


class LanguageField(models.CharField):
    """One of the citizen's languages; which these are is a setting, so no migration holds them."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **{"max_length": 10, **kwargs})

    def formfield(self, **kwargs: Any) -> forms.Field:
        choices = [("", "—"), *((code, language_name(code)) for code in conf.LANGUAGES)]
        return forms.ChoiceField(choices=choices, label=capfirst(self.verbose_name), required=not self.blank)


class CitizenView(View):
    """A private page: never stored by a cache, never indexed, no address of it in a Referer.

    A subclass sets `template_name` and `title`, and may override `language_wish`.
    """

    template_name = ""
    title: Any = ""
    keeps_typed = False
    """Whether the language switch sends the page's form (`id="diaspora-form"`), so that nothing is lost."""
    from_anywhere = False
    """Whether a form is taken without our cookie, since a program sends it and the address is the key."""
    retry_after = 0
    """Seconds after which to come back, when a limit was reached."""

    @classmethod
    def as_view(cls, **options: Any) -> Callable:
        """Marked here: a mark on `dispatch` is lost where a subclass has its own.

        Exempt from Django's check of forms only because ours follows, with a page that citizens can read.
        """
        view = transaction.non_atomic_requests(super().as_view(**options))
        return csrf_exempt(view if cls.from_anywhere else _ours_only(view))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.language = choose_language(request)
        with reports.discreet(request), translation.override(self.language):
            response = self.prepare(request, *args, **kwargs) or super().dispatch(request, *args, **kwargs)
        return self._protect(response)

    def prepare(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
        """Find what the page is about; a response ends the request here."""

    @property
    def switching(self) -> bool:
        """The form came only to be shown in another language: nothing is checked, nothing is kept."""
        return SWITCH_PARAMETER in self.request.POST

    def wish_language(self, code: str) -> None:
        """Switch to the language of what was found, unless the citizen chose one."""
        self.language = choose_language(self.request, code)
        translation.activate(self.language)

    def sentence(self, error: DiasporaError) -> str:
        """What the person reads; the response then says when to come back, where the error does."""
        self.retry_after = getattr(error, "retry_after", self.retry_after)
        return str(error)

    def render(self, status: int = 200, **context: Any) -> HttpResponse:
        context = {
            **citizen_context(self.request, language=self.language),
            "page": None,
            "title": self.title,
            "keeps_typed": self.keeps_typed and "form" in context,
            **context,
        }
        status = 429 if self.retry_after else status
        return TemplateResponse(self.request, self.template_name, context, status=status).render()

    def _protect(self, response: HttpResponse) -> HttpResponse:
        add_never_cache_headers(response)
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        if self.retry_after:
            response["Retry-After"] = str(self.retry_after)
        return remember_language(self.request, response, self.language)


class NotOurForm(CitizenView):
    """A form without our cookie: cookies are off, or somebody else's website sent it."""

    template_name = "wagtail_diaspora/not_our_form.html"
    title = _("The form was not accepted")

    def prepare(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.render(status=403)


class _Csrf(CsrfViewMiddleware):
    """Django's own check. Its answer is in English, or in the host's words; only the developer needs that."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        if settings.DEBUG:
            return super()._reject(request, reason)
        page = NotOurForm()
        page.setup(request)
        response = page.dispatch(request)
        log_response("Forbidden (%s): %s", reason, request.path, response=response, request=request)
        return response


_ours_only = decorator_from_middleware(_Csrf)


def _accepted(request: HttpRequest) -> list[str]:
    parsed = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return [code for code, _quality in parsed]
