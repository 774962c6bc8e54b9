"""The suite's host after the package was taken out."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

ALONG = ("django_smart_ratelimit", "phonenumber_field")
INSTALLED_APPS = [
    app for app in INSTALLED_APPS if not app.startswith("wagtail_diaspora") and app not in ALONG
]
ROOT_URLCONF = "tests.hosts.variants.removed_urls"
del WAGTAIL_DIASPORA  # noqa: F821
