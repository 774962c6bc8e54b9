import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError
from django.utils import timezone

from wagtail_diaspora import conf
from wagtail_diaspora.exceptions import KeysMissing

from . import keys
from .models import ErasureReceipt

JOURNAL_TAKES = timedelta(minutes=15)


@register(Tags.security)
def check_keys(**kwargs: Any) -> list[CheckMessage]:
    """Keys are there, readable and distinct."""
    try:
        ids = [keys.parse(line).id for line in keys.lines()]
    except KeysMissing as error:
        return [
            Error(str(error), hint="Make one with manage.py diaspora_keys new.", id="diaspora_vault.E002")
        ]
    if not ids:
        return [
            Warning(
                "No encryption key is configured: orders cannot be taken.",
                hint="Run manage.py diaspora_keys new, and set KEY_FILE or KEYS in WAGTAIL_DIASPORA.",
                id="diaspora_vault.W001",
            )
        ]
    if len(ids) != len(set(ids)):
        return [
            Error(
                "Two encryption keys have the same id.",
                hint="Give each line of the key ring an id of its own.",
                id="diaspora_vault.E003",
            )
        ]
    return []


@register(Tags.security)
def check_key_file(**kwargs: Any) -> list[CheckMessage]:
    """The key file lies apart from what it opens, and only its owner reads it."""
    if not conf.KEY_FILE:
        return []
    path, found = Path(conf.KEY_FILE), []
    if any(_inside(path, folder) for folder in _data_folders()):
        found.append(
            Warning(
                "The key file lies beside the data that it opens: one stolen backup has both.",
                hint="Move KEY_FILE to a folder that is backed up on its own.",
                id="diaspora_vault.W004",
            )
        )
    if path.exists() and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        found.append(
            Warning(
                "Others on this machine may read the key file.",
                hint=f"Run: chmod 600 {path}",
                id="diaspora_vault.W005",
            )
        )
    return found


@register(Tags.security)
def check_private_root(**kwargs: Any) -> list[CheckMessage]:
    """Uploaded papers lie where no URL reaches."""
    if conf.PRIVATE_STORAGE:
        return _check_private_storage()
    if not conf.PRIVATE_ROOT:
        return [
            Error(
                "PRIVATE_ROOT is not set: there is no place for private files.",
                hint="Set PRIVATE_ROOT in WAGTAIL_DIASPORA to a folder outside MEDIA_ROOT.",
                id="diaspora_vault.E006",
            )
        ]
    public = [folder for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT) if folder]
    if any(_inside(Path(conf.PRIVATE_ROOT), Path(folder)) for folder in public):
        return [
            Error(
                "Private files lie under a folder that is served to everybody.",
                hint="Move PRIVATE_ROOT out of MEDIA_ROOT and STATIC_ROOT.",
                id="diaspora_vault.E007",
            )
        ]
    return []


@register(Tags.database)
def check_journal(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Only with `check --database`, as every check that asks the database."""
    late = ErasureReceipt.objects.unjournalled().filter(at__lt=timezone.now() - JOURNAL_TAKES)
    try:
        behind = databases and late.count()
    except DatabaseError:
        return []
    if not behind:
        return []
    return [
        Warning(
            f"{behind} erasures are not in the journal: a restored backup would bring their data back.",
            hint="See that the private storage can be written to, and that diaspora_tick runs.",
            id="diaspora_vault.W008",
        )
    ]


def _check_private_storage() -> list[CheckMessage]:
    if conf.PRIVATE_STORAGE in settings.STORAGES:
        return []
    return [
        Error(
            f"PRIVATE_STORAGE names {conf.PRIVATE_STORAGE!r}, which is not in STORAGES.",
            hint="Add it to STORAGES, or leave PRIVATE_STORAGE out and set PRIVATE_ROOT.",
            id="diaspora_vault.E009",
        )
    ]


def _data_folders() -> list[Path]:
    folders = [Path(conf.PRIVATE_ROOT)] if conf.PRIVATE_ROOT else []
    for database in settings.DATABASES.values():
        if database.get("ENGINE", "").endswith("sqlite3"):
            folders.append(Path(database["NAME"]).parent)
    return folders


def _inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except OSError:
        return False
