from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def add_script_words():
    try:
        return format_html('<script src="{}"></script>', reverse("diaspora_script_words"))
    except NoReverseMatch:  # `wagtail_diaspora.urls` is not included yet; diaspora_setup says so
        return ""


@hooks.register("is_request_cacheable")
def keep_cookies_of_citizens(request, is_cacheable):
    """wagtail-cache takes cookies away from what it may serve: no step of an order would be found again."""
    return False if any(name.startswith("diaspora_") for name in request.COOKIES) else None
