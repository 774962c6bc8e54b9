"""Pages in five languages by Wagtail's own simple_translation."""

from tests import settings as suite

from .localize import *  # noqa: F403

INSTALLED_APPS = ["wagtail.contrib.simple_translation", "wagtail.locales", *suite.INSTALLED_APPS]
