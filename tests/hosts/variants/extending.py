"""Page types made from ours, and a page with our blocks."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = ["tests.hosts.extending", *INSTALLED_APPS]
