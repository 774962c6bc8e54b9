"""What caches of others do to requests, where they cannot be installed on every Wagtail of the matrix."""

from django.conf import settings
from wagtail import hooks

LEFT = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)


def take_cookies_away(get_response):
    """As wagtail-cache 3 by default, before any view: it keeps one page for all who are not logged in."""

    def middleware(request):
        cacheable = request.method == "GET" and not request.user.is_authenticated
        for answer in [ask(request, cacheable) for ask in hooks.get_hooks("is_request_cacheable")]:
            cacheable = answer if isinstance(answer, bool) else cacheable
        if cacheable:
            request.COOKIES = {name: value for name, value in request.COOKIES.items() if name in LEFT}
        return get_response(request)

    return middleware
