"""Pages in three languages by Wagtail's own simple_translation."""

from tests.settings import INSTALLED_APPS

from .localize import *  # noqa: F403

INSTALLED_APPS = ["wagtail.contrib.simple_translation", *INSTALLED_APPS]
