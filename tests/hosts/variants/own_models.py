"""Users, images and documents of its own, and Django's older kind of key."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = ["tests.hosts.own", *INSTALLED_APPS]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
AUTH_USER_MODEL = "own.User"
WAGTAILIMAGES_IMAGE_MODEL = "own.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "own.Paper"
