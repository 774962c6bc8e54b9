"""Below a path, on a port of its own, with its own addresses of the admin and the login."""

from tests.settings import *  # noqa: F403

FORCE_SCRIPT_NAME = "/town"
STATIC_URL = "static/"
ROOT_URLCONF = "tests.hosts.variants.elsewhere_urls"
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "/town/prijava/"
