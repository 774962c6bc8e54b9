"""The suite's host: a plain Wagtail site, on SQLite or (DATABASE_URL-less) PostgreSQL by `DIASPORA_TEST_PG`.

`DIASPORA_TEST_PG` is `host:port` of a throw-away cluster; `python -m tests.on_postgres` starts one.
"""

import atexit
import json
import os
import shutil
import tempfile
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent
WORK_DIR = Path(os.environ.get("DIASPORA_TEST_DIR") or tempfile.mkdtemp(prefix="diaspora-tests-"))
if "DIASPORA_TEST_DIR" not in os.environ:
    atexit.register(shutil.rmtree, WORK_DIR, ignore_errors=True)

SECRET_KEY = "only-for-tests"
DEBUG = False
ALLOWED_HOSTS = ["*"]
USE_TZ = True
TIME_ZONE = "Europe/Sarajevo"
LANGUAGE_CODE = "bs"
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("bs", "Bosanski"), ("en", "English")]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "tests.urls"
WSGI_APPLICATION = "tests.wsgi.application"
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = WORK_DIR / "media"
WAGTAIL_SITE_NAME = "Host"
WAGTAILADMIN_BASE_URL = "http://localhost"

if cluster := os.environ.get("DIASPORA_TEST_PG"):
    host, _, port = cluster.partition(":")
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ.get("DIASPORA_TEST_DB", "diaspora"),
            "USER": "postgres",
            "HOST": host,
            "PORT": port,
            **json.loads(os.environ.get("DIASPORA_TEST_CONNECTIONS", "{}")),
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": WORK_DIR / "db.sqlite3",
            "OPTIONS": {}  # as `wagtail start` leaves it
            if os.environ.get("DIASPORA_TEST_PLAIN_SQLITE")
            else {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    }

INSTALLED_APPS = [
    "tests.host",
    "wagtail_diaspora",
    "wagtail_diaspora.vault",
    "wagtail_diaspora.outbox",
    "wagtail_diaspora.municipalities",
    "wagtail_diaspora.registrar",
    "wagtail_diaspora.news",
    "wagtail_diaspora.syndication",
    "wagtail_diaspora.bulletin",
    "django_smart_ratelimit",
    "phonenumber_field",
    "wagtail.contrib.settings",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
if cluster:
    INSTALLED_APPS.append("django.contrib.postgres")  # Wagtail's search asks for it there

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ.get("DIASPORA_TEST_SMTP", "1"))  # a test that sends sets it to its own server
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = "maticar@example.org"

WAGTAIL_DIASPORA = {
    "KEYS": ["test1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="],
    "PRIVATE_ROOT": WORK_DIR / "private",
    "FREE_DISK_RESERVE": 0,
    **json.loads(os.environ.get("DIASPORA_TEST_OPTIONS", "{}")),
}
