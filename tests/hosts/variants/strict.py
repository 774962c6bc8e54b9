"""Static files by a manifest, which refuses a name that it does not know, and nothing inline on any page."""

from tests.settings import *  # noqa: F403
from tests.settings import MIDDLEWARE, WORK_DIR

STATIC_ROOT = WORK_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
MIDDLEWARE = [*MIDDLEWARE, "csp.middleware.CSPMiddleware"]
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": ["'self'"]}}
