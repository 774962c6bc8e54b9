"""What Wagtail's scripts say, in the languages that Wagtail does not ship.

Wagtail serves its scripts a catalogue of its own folder only; this second one is added to it.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

__all__ = ["script_words"]

_OURS = {"bs", "hr", "sr"}
_catalogue = JavaScriptCatalog.as_view(packages=["wagtail_diaspora"])


def script_words(request: HttpRequest) -> HttpResponse:
    """In the language that the user has chosen for the admin."""
    response = get_localized_response(_in_our_languages, request)
    patch_cache_control(response, private=True)
    return response


def _in_our_languages(request: HttpRequest) -> HttpResponse:
    """Elsewhere nothing: Django would give the words of the site's own language."""
    if (get_language() or "").partition("-")[0] in _OURS:
        return _catalogue(request)
    return HttpResponse(content_type="text/javascript")
