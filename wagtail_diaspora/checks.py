"""System checks of the whole: each with an id, a sentence and the mend. A room has its own."""

from collections.abc import Callable
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import django
import wagtail
from django.apps import apps
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode

from . import conf
from .limits import LIMITS
from .rooms import installed_rooms

OLDEST_WAGTAIL, NEWEST_WAGTAIL = (7, 4), (8, 0)
NEWEST_DJANGO = (6, 1)
BLOCK = "content"
LOCAL_CACHES = ("locmem", "dummy")
LISTS = (list, tuple)
COUNTED = ("UPLOAD_", "DRAFT", "ORPHAN_FILE_", "ACCESS_LOG_", "TICK_", "WEBSUB_SUBSCRIBERS", "PRESS_")
"""How settings begin that are whole numbers of at least 1; those of the outbox are checked there."""


@register()
def rooms_below_are_installed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{room.name} needs {below}, which is not installed.",
            hint=f"Add {below!r} to INSTALLED_APPS.",
            id="diaspora.E001",
        )
        for room in installed_rooms()
        for below in ("wagtail_diaspora", *room.diaspora_requires)
        if not apps.is_installed(below)
    ]


@register()
def wagtail_is_supported(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    version = wagtail.VERSION[:2]
    if version < OLDEST_WAGTAIL:
        return [
            Error(
                f"Wagtail {wagtail.__version__} is older than 7.4, the oldest that works with this version.",
                hint="Upgrade Wagtail, or install an older wagtail-diaspora.",
                id="diaspora.E002",
            )
        ]
    if version > NEWEST_WAGTAIL:
        return [
            Warning(
                f"Wagtail {wagtail.__version__} is newer than those that this version is tested with.",
                hint="Look for a newer wagtail-diaspora before you go live.",
                id="diaspora.W003",
            )
        ]
    return []


@register()
def django_is_supported(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if django.VERSION[:2] <= NEWEST_DJANGO:
        return []
    return [
        Warning(
            f"Django {django.__version__} is newer than those that this version is tested with.",
            hint="Look for a newer wagtail-diaspora before you go live.",
            id="diaspora.W015",
        )
    ]


@register()
def page_is_not_swapped(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    swapped = getattr(settings, "WAGTAILCORE_PAGE_MODEL", "wagtailcore.Page")
    if swapped.lower() == "wagtailcore.page":
        return []
    return [
        Error(
            "The page model is swapped, which wagtail-diaspora does not support yet.",
            hint="Remove WAGTAILCORE_PAGE_MODEL.",
            id="diaspora.E004",
        )
    ]


@register(Tags.templates)
def base_template_has_the_block(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    name = conf.BASE_TEMPLATE
    try:
        blocks = _blocks(get_template(name).template)
    except TemplateDoesNotExist:
        return [
            Error(
                f"The base template {name!r} does not exist.",
                hint="Set BASE_TEMPLATE in WAGTAIL_DIASPORA to the template that your pages extend.",
                id="diaspora.E005",
            )
        ]
    if BLOCK in blocks or not _is_ours(get_template("wagtail_diaspora/base.html")):
        return []
    return [
        Warning(
            f"The base template {name!r} has no block {BLOCK!r}: our pages would be empty.",
            hint="Add {% block content %}, or override wagtail_diaspora/base.html with your block's name.",
            id="diaspora.W006",
        )
    ]


@register(Tags.database)
def sqlite_waits_its_turn(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    found = []
    for alias in databases or ():
        options = settings.DATABASES[alias].get("OPTIONS", {})
        if connections[alias].vendor != "sqlite":
            continue
        if "wal" not in options.get("init_command", "").lower().replace(" ", "") or (
            str(options.get("transaction_mode", "")).upper() != "IMMEDIATE"
        ):
            found.append(
                Warning(
                    f"The SQLite database {alias!r} runs without WAL and IMMEDIATE: people at the same time "
                    "wait for each other, and are sometimes turned away.",
                    hint='Set OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 20, '
                    '"init_command": "PRAGMA journal_mode=WAL;"}.',
                    id="diaspora.W007",
                )
            )
    return found


@register(Tags.caches, deploy=True)
def cache_is_shared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if conf.RATELIMIT_BACKEND == "database":
        return []
    backend = settings.CACHES.get("default", {}).get("BACKEND", "")
    if not any(local in backend for local in LOCAL_CACHES):
        return []
    return [
        Warning(
            "Limits are counted in a cache that each process has for itself.",
            hint='Use a shared cache, or RATELIMIT_BACKEND = "database" in WAGTAIL_DIASPORA.',
            id="diaspora.W008",
        )
    ]


@register(Tags.security, deploy=True)
def proxies_are_named(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    behind_one = settings.SECURE_PROXY_SSL_HEADER or settings.USE_X_FORWARDED_HOST
    if conf.TRUSTED_PROXIES or not behind_one:
        return []
    return [
        Warning(
            "The site stands behind a proxy that is not named: all citizens count as one visitor.",
            hint="Set TRUSTED_PROXIES in WAGTAIL_DIASPORA to the addresses of your proxies.",
            id="diaspora.W009",
        )
    ]


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


@register(Tags.translation)
def translations_are_on(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.USE_I18N:
        return []
    return [
        Warning(
            "USE_I18N is off: citizens, clerks and letters get English sentences only.",
            hint="Set USE_I18N = True. A site of one language stays as it is; it needs no LocaleMiddleware.",
            id="diaspora.W014",
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


def _is_ours(template: Any) -> bool:
    """Whether the host has not put its own in the place of this package's template."""
    return Path(__file__).parent in Path(template.origin.name).parents


def _blocks(template: Any) -> set[str]:
    """Names of the blocks of a template and of those that it extends by a fixed name."""
    names = {node.name for node in template.nodelist.get_nodes_by_type(BlockNode)}
    for node in template.nodelist.get_nodes_by_type(ExtendsNode):
        parent = node.parent_name.var
        if isinstance(parent, str):
            names |= _blocks(get_template(parent).template)
    return names
