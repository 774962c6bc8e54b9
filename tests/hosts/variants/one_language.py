"""A site in German, without a middleware for languages."""

from tests.settings import *  # noqa: F403

LANGUAGE_CODE = "de"
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("de", "Deutsch")]
