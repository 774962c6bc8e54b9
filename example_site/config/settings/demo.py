"""The demonstration on one machine: SQLite, mail into a page of its own, keys and data in one folder."""

import os
from pathlib import Path

from .base import *  # noqa: F403
from .base import BASE_DIR, INSTALLED_APPS

DATA = Path(os.environ.get("DEMO_DATA", BASE_DIR / "var"))
PORT = os.environ.get("PORT", "8000")

SECRET_KEY = "only-for-the-demonstration"
DEBUG = True
ALLOWED_HOSTS = [".localhost", "127.0.0.1"]
INTERNAL_IPS = []
INSTALLED_APPS = ["mailbox", *INSTALLED_APPS]
WAGTAILADMIN_BASE_URL = f"http://prijedor.localhost:{PORT}"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "db" / "demo.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
# One mailbox is not there on purpose; the admin says so, and the console need not.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"wagtail_diaspora.outbox.actions.delivering": {"level": "CRITICAL"}},
}
EMAIL_BACKEND = "mailbox.backend.MailboxBackend"
DEFAULT_FROM_EMAIL = "demo@example.org"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "media"

WAGTAIL_DIASPORA = {
    "BASE_TEMPLATE": "town/base.html",
    "PRIVATE_ROOT": DATA / "private",
    "KEY_FILE": DATA / "keys" / "keyring",
    "DEFAULT_FROM_EMAIL": DEFAULT_FROM_EMAIL,
    "FETCH_ALLOWED_ADDRESSES": ("127.0.0.1", "::1"),  # hub and towns, which are all on this machine
    "PRESS_DELAY_MINUTES": 2,  # time enough to see how it is undone
}
