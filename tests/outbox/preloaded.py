"""What every forked process begins with: a host that has not asked its database yet."""

import importlib

import django
from django.conf import settings

django.setup()
importlib.import_module(settings.ROOT_URLCONF)
