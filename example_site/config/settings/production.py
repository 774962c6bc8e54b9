"""Production, by environment: PostgreSQL, Redis, task workers, S3. See `docs/admin/deployment.md`."""

import os

from .base import *  # noqa: F403
from .base import BASE_DIR, INSTALLED_APPS

SECRET_KEY = os.environ["SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")
WAGTAILADMIN_BASE_URL = os.environ["ADMIN_URL"]

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.postgres"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("PGDATABASE", "town"),
        "USER": os.environ.get("PGUSER", "town"),
        "PASSWORD": os.environ.get("PGPASSWORD", ""),
        "HOST": os.environ.get("PGHOST", ""),
        "PORT": os.environ.get("PGPORT", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
if redis := os.environ.get("REDIS_URL"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis}}
if os.environ.get("TASK_WORKERS"):
    INSTALLED_APPS = [*INSTALLED_APPS, "django_tasks_db"]
    TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
PRIVATE_STORAGE = None
if bucket := os.environ.get("S3_BUCKET"):
    s3 = "storages.backends.s3.S3Storage"
    STORAGES["default"] = {"BACKEND": s3, "OPTIONS": {"bucket_name": bucket}}
    private = {"bucket_name": os.environ["S3_PRIVATE_BUCKET"], "default_acl": "private"}
    STORAGES["diaspora"] = {"BACKEND": s3, "OPTIONS": private}
    PRIVATE_STORAGE = "diaspora"

STATIC_ROOT = os.environ.get("STATIC_ROOT", BASE_DIR / "static")
MEDIA_ROOT = os.environ.get("MEDIA_ROOT", BASE_DIR / "media")

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_USE_TLS = True
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
DEFAULT_FROM_EMAIL = os.environ["FROM_EMAIL"]

WAGTAIL_DIASPORA = {
    "BASE_TEMPLATE": "town/base.html",
    "PRIVATE_ROOT": os.environ.get("PRIVATE_ROOT"),
    "PRIVATE_STORAGE": PRIVATE_STORAGE,
    "KEY_FILE": os.environ["KEY_FILE"],
    "DEFAULT_FROM_EMAIL": DEFAULT_FROM_EMAIL,
    "TRUSTED_PROXIES": tuple(filter(None, os.environ.get("TRUSTED_PROXIES", "").split(","))),
}

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
