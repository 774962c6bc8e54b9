"""Settings, read by name and late: `conf.OUTBOX_BATCH_SIZE`.

A host sets them in one dictionary, `WAGTAIL_DIASPORA`; what it leaves out has the value below.
`docs/admin/settings.md` explains each; `wagtail_diaspora.checks` says how to mend a wrong one.
"""

from typing import Any

from django.conf import settings

DEFAULTS: dict[str, Any] = {
    # Look
    "BASE_TEMPLATE": "base.html",
    # Languages in which a citizen is served, in the order of the switch.
    "LANGUAGES": ("bs", "hr", "sr-latn", "sr", "de", "en"),
    "FALLBACK_LANGUAGES": ("bs", "hr", "sr-latn", "sr", "en", "de"),
    # Vault
    "KEYS": (),
    "KEY_FILE": None,
    "PRIVATE_ROOT": None,
    "PRIVATE_STORAGE": None,
    "FREE_DISK_RESERVE": 512 * 1024 * 1024,
    "UPLOAD_MAX_BYTES": 10 * 1024 * 1024,
    "UPLOAD_MAX_PIXELS": 50_000_000,
    "UPLOAD_MAX_PAGES": 20,
    "UPLOAD_INSPECTION_SECONDS": 20,
    "UPLOAD_INSPECTION_MEMORY": 1024 * 1024 * 1024,
    "CLAMD_ADDRESS": None,
    "ORPHAN_FILE_HOURS": 24,
    "ACCESS_LOG_DAYS": 3 * 365,
    # Outbox
    "OUTBOX_BATCH_SIZE": 20,
    "OUTBOX_LEASE_SECONDS": 120,
    "OUTBOX_MAX_ATTEMPTS": 12,
    "OUTBOX_BODY_DAYS": 30,
    "OUTBOX_EMAIL_BACKEND": None,
    "OUTBOX_RETURN_ADDRESS": None,
    "DEFAULT_FROM_EMAIL": None,
    # Reading other websites
    "FETCH_ALLOWED_ADDRESSES": (),
    # Being read by others
    "WEBSUB_HUBS": (),
    "WEBSUB_SUBSCRIBERS": 10_000,
    "WEBSUB_SUBSCRIBERS_PER_NETWORK": 500,
    # Partners
    "PRESS_DELAY_MINUTES": 15,
    "PRESS_PICTURE_MAX_BYTES": 2 * 1024 * 1024,
    # Clock
    "TICK_WARNING_MINUTES": 30,
    # Requests
    "TRUSTED_PROXIES": (),
    "RATE_LIMITS": {},
    "RATELIMIT_BACKEND": "database",
    # Drafts
    "DRAFT_HOURS_WITHOUT_EMAIL": 24,
    "DRAFT_DAYS_WITH_EMAIL": 14,
    "DRAFT_MAX_FILES": 10,
    "DRAFT_MAX_BYTES": 40 * 1024 * 1024,
    "DRAFT_MAX_ITEMS": 20,
    "DRAFTS_PER_NETWORK": 30,
    "DRAFTS_PER_SITE": 5000,
    "DRAFT_BYTES_PER_NETWORK": 200 * 1024 * 1024,
    "DRAFT_BYTES_PER_SITE": 5 * 1024 * 1024 * 1024,
}


def __getattr__(name: str) -> Any:
    try:
        default = DEFAULTS[name]
    except KeyError:
        raise AttributeError(f"wagtail_diaspora has no setting {name!r}") from None
    return getattr(settings, "WAGTAIL_DIASPORA", {}).get(name, default)
