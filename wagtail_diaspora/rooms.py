"""How the root finds what a room brings: through attributes of the installed AppConfigs.

Public API: `Room`, `Job`, `ItemFact`, `installed_rooms`, `collect`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.apps import AppConfig, apps
from django.utils.module_loading import import_string

__all__ = ["ItemFact", "Job", "Room", "collect", "installed_rooms"]


@dataclass(frozen=True)
class Job:
    """One piece of periodic work, run by `manage.py diaspora_tick` in a lease.

    `run` takes no arguments, is safe to run again after a kill, and returns a short sentence or None.
    """

    name: str
    run: Callable[[], str | None]
    every: timedelta


@dataclass(frozen=True)
class ItemFact:
    """What became of news in one room: a sentence below a heading, which leads to `url` if there is one."""

    heading: str
    sentence: str
    url: str = ""


class Room(AppConfig):
    """Base of our AppConfigs. Each `diaspora_*` attribute is a dotted path, read late."""

    default_auto_field = "django.db.models.BigAutoField"
    diaspora_requires: tuple[str, ...] = ()
    """Names of the rooms below that must be installed with this one."""
    diaspora_urls: str | None = None
    """Module with `urlpatterns` for `wagtail_diaspora.urls`."""
    diaspora_jobs: str | None = None
    """List of `Job`."""
    diaspora_setup_steps: str | None = None
    """List of callables `step(plan)` for `manage.py diaspora_setup`."""
    diaspora_item_facts: str | None = None
    """List of callables `facts(item, editions=…, user=…)`: each `ItemFact` stands on the item's page."""
    diaspora_reader_links: str | None = None
    """List of callables `links(municipality)`: names and addresses for readers of good practice."""
    default = False

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Django must not take `Room`, which each apps.py imports, for a second config of that app."""
        super().__init_subclass__(**kwargs)
        cls.default = True


def installed_rooms() -> list[Room]:
    """Installed rooms, lowest first (the order of INSTALLED_APPS does not matter)."""
    rooms = {config.name: config for config in apps.get_app_configs() if isinstance(config, Room)}
    ordered: dict[str, Room] = {}

    def place(name: str) -> None:
        if name in rooms and name not in ordered:
            for below in rooms[name].diaspora_requires:
                place(below)
            ordered[name] = rooms[name]

    for name in sorted(rooms):
        place(name)
    return list(ordered.values())


def collect(attribute: str) -> Iterator:
    """Yield what each installed room lists under `attribute`, lowest room first."""
    for room in installed_rooms():
        if path := getattr(room, attribute):
            yield from import_string(path)
