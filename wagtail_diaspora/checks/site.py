"""What stands around the package: rooms, Wagtail and Django, the host's template, database, cache, proxy."""

from pathlib import Path
from typing import Any

import django
import wagtail
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.template import Engine, Template, TemplateDoesNotExist
from django.template.loader_tags import BlockNode, ExtendsNode

from .. import conf
from ..rooms import installed_rooms

OLDEST_WAGTAIL, NEWEST_WAGTAIL = (7, 4), (8, 0)
NEWEST_DJANGO = (6, 1)
BLOCKS = {"title", "content"}
LOCAL_CACHES = ("locmem", "dummy")


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
        blocks = _blocks(Engine.get_default().get_template(name))
    except TemplateDoesNotExist:
        return [
            Error(
                f"The base template {name!r} does not exist.",
                hint="Set BASE_TEMPLATE to the template that your pages extend, Django's and not Jinja's.",
                id="diaspora.E005",
            )
        ]
    lacking = " or ".join(map(repr, sorted(BLOCKS - blocks)))
    if not lacking or not _is_ours(Engine.get_default().get_template("wagtail_diaspora/base.html")):
        return []
    return [
        Warning(
            f"The base template {name!r} has no block {lacking}: our pages would be without.",
            hint="Add it, or override wagtail_diaspora/base.html with your blocks' names.",
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


def _is_ours(template: Template) -> bool:
    """Whether the host has not put its own in the place of this package's template."""
    return Path(__file__).parents[1] in Path(template.origin.name).parents


def _blocks(template: Template, *below: Template) -> set[str]:
    """Names of the blocks of a template and of those that it extends by a fixed name, its own name too."""
    names = {node.name for node in template.nodelist.get_nodes_by_type(BlockNode)}
    lower = (template, *below)
    for node in template.nodelist.get_nodes_by_type(ExtendsNode):
        parent = node.parent_name.var
        if isinstance(parent, str):
            found, _origin = template.engine.find_template(parent, skip=[each.origin for each in lower])
            names |= _blocks(found, *lower)
    return names
