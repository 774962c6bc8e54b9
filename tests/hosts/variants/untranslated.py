"""The same with Django's translations switched off: everybody reads English."""

from .one_language import *  # noqa: F403

USE_I18N = False
