from benchmarks.settings import *  # noqa: F403
from benchmarks.settings import INSTALLED_APPS

INSTALLED_APPS += ["benchmarks.host", "wagtail.contrib.forms"]
ROOT_URLCONF = "benchmarks.host.urls"
