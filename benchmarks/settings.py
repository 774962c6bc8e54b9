"""The suite's host as it would run in production on PostgreSQL: DEBUG off, persistent connections."""

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DEBUG = False
DATABASES["default"]["CONN_MAX_AGE"] = 600
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "WARNING"}}
