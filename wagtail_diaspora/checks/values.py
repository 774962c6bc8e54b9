"""What stands in the setting WAGTAIL_DIASPORA."""

from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf.locale import LANG_INFO
from django.core.checks import CheckMessage, Error, Tags, register

from .. import conf
from ..limits import LIMITS

LISTS = (list, tuple)
COUNTED = ("UPLOAD_", "DRAFT", "ORPHAN_FILE_", "ACCESS_LOG_", "TICK_", "WEBSUB_SUBSCRIBERS", "PRESS_")
"""How settings begin that are whole numbers of at least 1; those of the outbox are checked there."""


@register()
def rate_limits_are_pairs(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    chosen = conf.RATE_LIMITS
    pairs = chosen.items() if isinstance(chosen, dict) else [(chosen, None)]
    wrong = [name for name, pair in pairs if not _is_pair(pair) or name not in LIMITS]
    return [
        Error(
            f"RATE_LIMITS in WAGTAIL_DIASPORA: {name!r} is no known limit with two whole numbers.",
            hint=f'Write it as {{"send": (60, 3600)}}, 60 in an hour. There are: {", ".join(LIMITS)}.',
            id="diaspora.E010",
        )
        for name in wrong
    ]


@register()
def languages_are_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{name} in WAGTAIL_DIASPORA is not a list of codes of languages that Django knows.",
            hint=f"Choose some of {conf.DEFAULTS[name]!r}, in lower case; the first is the usual one.",
            id="diaspora.E011",
        )
        for name in ("LANGUAGES", "FALLBACK_LANGUAGES")
        if not _are_languages(getattr(conf, name))
    ]


@register()
def numbers_are_positive(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    names = [name for name in conf.DEFAULTS if name.startswith(COUNTED)]
    return [
        Error(
            f"{name} in WAGTAIL_DIASPORA must be a whole number of at least 1.",
            hint=f"Correct it, or leave it out to get {conf.DEFAULTS[name]}.",
            id="diaspora.E012",
        )
        for name in names
        if not _is_count(getattr(conf, name))
    ]


@register(Tags.security)
def proxies_are_addresses(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A text would be believed in part: "10.0.0.12" has "10.0.0.1" in it."""
    if isinstance(conf.TRUSTED_PROXIES, LISTS) and all(map(_is_address, conf.TRUSTED_PROXIES)):
        return []
    return [
        Error(
            "TRUSTED_PROXIES in WAGTAIL_DIASPORA is not a list of addresses.",
            hint='Write each proxy whole, without networks: ["127.0.0.1", "::1"].',
            id="diaspora.E013",
        )
    ]


@register(Tags.security)
def fetched_addresses_are_networks(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    allowed = conf.FETCH_ALLOWED_ADDRESSES
    if isinstance(allowed, LISTS) and all(_is_address(text, ip_network) for text in allowed):
        return []
    return [
        Error(
            "FETCH_ALLOWED_ADDRESSES in WAGTAIL_DIASPORA is not a list of addresses or networks.",
            hint='Write it as ["10.20.0.0/16"]; leave it out, and only public websites are read.',
            id="diaspora.E016",
        )
    ]


def _is_count(value: Any) -> bool:
    return type(value) is int and value > 0


def _is_pair(value: Any) -> bool:
    return isinstance(value, LISTS) and len(value) == 2 and all(map(_is_count, value))


def _are_languages(codes: Any) -> bool:
    return isinstance(codes, LISTS) and bool(codes) and all(code in LANG_INFO for code in codes)


def _is_address(text: Any, parse: Callable[[Any], Any] = ip_address) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True
