"""How often one network, recipient or order may do something, counted by django-smart-ratelimit.

Public API: `spend`, `mailbox`, `network_of`, `in_words`, `clean_up`. Of addresses, only keyed digests are
stored.
"""

import ipaddress
import math
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network

from django.core.signals import setting_changed
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_smart_ratelimit.backends.database import DatabaseBackend

from . import conf
from .db import is_contention, retry_when_locked
from .exceptions import LimitReached

HOUR = 3600
DAY = 24 * HOUR
LIMITS = {
    "send": (30, HOUR),
    "upload": (120, HOUR),
    "message": (20, HOUR),
    "lost_link": (10, HOUR),
    "lost_link_recipient": (3, HOUR),
    "recipient": (5, DAY),
    "unconfirmed": (3, DAY),
    "correction": (20, DAY),
    "code": (5, HOUR),
    "code_try": (10, HOUR),
    "proof": (60, HOUR),
    "blank": (120, HOUR),
    "hub": (600, HOUR),
    "join": (30, HOUR),
    "chain": (1200, HOUR),
    "membership": (300, HOUR),
}
"""What may be done how often within how many seconds; `conf.RATE_LIMITS` overrides by name."""
INCREMENT = """
INSERT INTO ratelimit_counter ("key", "count", "window_start", "window_end", "created_at", "updated_at")
VALUES (%s, 1, %s, %s, %s, %s)
ON CONFLICT ("key", "window_start") DO UPDATE
SET "count" = ratelimit_counter."count" + 1, "updated_at" = EXCLUDED."updated_at"
RETURNING "count"
"""


class Counters(DatabaseBackend):
    """The library's counters, raised in one statement where it takes three.

    A locked database is no failure, and not logged as one: the statement runs again, or the transaction
    that it stands in.
    """

    def incr(self, key: str, period: int) -> int:
        try:
            return self._incr_fixed_window(self._normalize_key(key), period)
        except DatabaseError as error:
            if connection.in_atomic_block and is_contention(error):
                raise
            self._handle_backend_error("incr", key, error)  # logs it, or raises where it does not fail open
            return 0

    @retry_when_locked
    def _incr_fixed_window(self, key: str, period: int) -> int:
        if connection.vendor not in ("postgresql", "sqlite"):
            return super()._incr_fixed_window(key, period)
        now = timezone.now()
        begins = datetime.fromtimestamp(now.timestamp() // period * period, tz=UTC)
        times = (begins, begins + timedelta(seconds=period), now, now)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(INCREMENT, [key, *map(connection.ops.adapt_datetimefield_value, times)])
            return cursor.fetchone()[0]


def spend(name: str, key: bytes | str) -> None:
    """Count one use; raises LimitReached. A counter that does not answer never stops a citizen."""
    limit, seconds = conf.RATE_LIMITS.get(name) or LIMITS[name]
    if _backend().incr(f"diaspora:{name}:{_digest(key).hex()}", seconds) > limit:
        left = _seconds_left(seconds)
        raise LimitReached(_sentence(left), retry_after=left)


def mailbox(address: str) -> str:
    """By which mails to one person are counted: `Ana+a@…` and `ana+b@…` are the same mailbox."""
    name, _at, domain = address.casefold().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


def in_words(seconds: int) -> str:
    """How long to wait, rounded up, in the active language."""
    minutes = max(math.ceil(seconds / 60), 1)
    if minutes < 60:
        return ngettext("in %(count)d minute", "in %(count)d minutes", minutes) % {"count": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("in %(count)d hour", "in %(count)d hours", hours) % {"count": hours}


def network_of(request: HttpRequest) -> bytes:
    """A keyed digest (16 bytes) of the visitor's address; of IPv6, the /64 that a household has."""
    address = _address(request)
    if isinstance(address, IPv6Address):
        return _digest(str(IPv6Network((int(address), 64), strict=False)))
    return _digest(str(address or ""))


def clean_up() -> str:
    """The clock's part: forget counters whose time is over."""
    backend = _backend()
    backend.cleanup_expired() if hasattr(backend, "cleanup_expired") else None
    return ""


def _sentence(seconds: int) -> str:
    return _("This was tried too often. Nothing is lost: please try again %(when)s.") % {
        "when": in_words(seconds)
    }


def _seconds_left(period: int) -> int:
    """Until the counter begins again: periods start at the same moments for everybody."""
    return period - int(timezone.now().timestamp()) % period


def _address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The last address before our own proxies; a header from anybody else is not believed."""
    address = _parsed(request.META.get("REMOTE_ADDR", ""))
    forwarded = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies = {_parsed(proxy) for proxy in conf.TRUSTED_PROXIES}
    while forwarded and address in proxies:
        address = _parsed(forwarded.pop())
    return address


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Without the port that some proxies write; IPv4 that came over IPv6 is IPv4."""
    host = text.strip()
    if host.count(":") == 1 or "]:" in host:
        host = host.rpartition(":")[0]
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _digest(value: bytes | str) -> bytes:
    return salted_hmac("wagtail_diaspora.limits", value, algorithm="sha256").digest()[:16]


@lru_cache(maxsize=1)
def _backend():
    if conf.RATELIMIT_BACKEND != "database":
        from django_smart_ratelimit.backends import get_backend

        return get_backend(conf.RATELIMIT_BACKEND)
    return Counters(fail_open=True, enable_background_cleanup=False, enable_circuit_breaker=False)


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting == "WAGTAIL_DIASPORA":
        _backend.cache_clear()


setting_changed.connect(_forget, dispatch_uid="wagtail_diaspora.limits")
