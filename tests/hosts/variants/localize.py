"""The suite's host with page translation by wagtail-localize, with Serbian in two scripts."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = ["wagtail_localize", "wagtail_localize.locales", *INSTALLED_APPS]
MIDDLEWARE = [*MIDDLEWARE, "django.middleware.locale.LocaleMiddleware"]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [
    ("bs", "Bosanski"),
    ("sr-latn", "Srpski (latinica)"),
    ("sr", "Српски"),
    ("de", "Deutsch"),
    ("en", "English"),
]
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": "wagtail_diaspora.localize.SerbianCyrillic"}
ROOT_URLCONF = "tests.hosts.variants.localize_urls"
