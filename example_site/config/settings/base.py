"""What the demonstration and the production settings share."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]

USE_TZ = True
TIME_ZONE = "Europe/Sarajevo"
LANGUAGE_CODE = "bs"
FORMAT_MODULE_PATH = ["wagtail_diaspora.formats"]
LANGUAGES = [
    ("bs", "Bosanski"),
    ("hr", "Hrvatski"),
    ("sr-latn", "Srpski (latinica)"),
    ("sr", "Српски"),
    ("de", "Deutsch"),
    ("en", "English"),
]
WAGTAIL_CONTENT_LANGUAGES = [("bs", "Bosanski")]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
WAGTAIL_SITE_NAME = "Demonstracija"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]

INSTALLED_APPS = [
    "town",
    # begin: wagtail-diaspora
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
    # end: wagtail-diaspora
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

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "wagtail_diaspora.syndication.middleware.GoneMiddleware",
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
                "town.context.town",
            ],
        },
    }
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]

# Citizens' pages need nothing inline; Wagtail's admin is left out, as its documentation advises.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}

STATIC_URL = "/static/"
MEDIA_URL = "/media/"
