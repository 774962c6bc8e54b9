"""A site in German, without a middleware for languages, with a cache as Wagtail CRX has it."""

from tests.settings import *  # noqa: F403
from tests.settings import MIDDLEWARE

LANGUAGE_CODE = "de"
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("de", "Deutsch")]
MIDDLEWARE = [*MIDDLEWARE, "tests.hosts.middleware.take_cookies_away"]
