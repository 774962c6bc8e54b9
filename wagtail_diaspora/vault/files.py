"""Private files: sealed bytes in a storage that no URL reaches.

Bytes are written before their row commits and deleted after it is gone, so a crash leaves at most
bytes without a row, which `sweep_orphans` removes.
"""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.core.signals import setting_changed
from django.db import transaction
from django.utils import timezone

from wagtail_diaspora import conf

from . import crypto
from .models import FileState, PrivateFile, uuid7

__all__ = ["delete", "free_space_ok", "read", "replace", "store", "sweep_orphans"]


def store(
    content: bytes, *, scope: str, name: str, content_type: str, state: str = FileState.CLEAN
) -> PrivateFile:
    """Write the bytes, then the row in the caller's transaction."""
    file = PrivateFile(
        pk=uuid7(), scope=scope, name=name, content_type=content_type, size=len(content), state=state
    )
    _write(file, content)
    file.save(force_insert=True)
    return file


@transaction.atomic
def replace(file: PrivateFile, content: bytes, *, content_type: str, state: str) -> None:
    """Put other bytes in its place, such as the re-encoded picture after a late inspection."""
    _delete_on_commit(file.stored_as)
    file.generation += 1
    _write(file, content)
    file.content_type, file.size, file.state = content_type, len(content), state
    file.save(update_fields=["content_type", "size", "state", "generation"])


def read(file: PrivateFile) -> bytes:
    """The bytes; raises Tampered, KeysMissing, FileNotFoundError."""
    with private_storage().open(file.stored_as) as stored:
        return crypto.unseal(stored.read(), place=_place(file))


def delete(file: PrivateFile) -> None:
    """The row now, the bytes when that is committed."""
    _delete_on_commit(file.stored_as)
    file.delete()


def sweep_orphans() -> str | None:
    """Remove bytes that never got a row. Returns a sentence with the count."""
    before = timezone.now() - timedelta(hours=conf.ORPHAN_FILE_HOURS)
    removed = 0
    for name in _stored_names():
        if private_storage().get_modified_time(name) < before and not _has_row(name):
            private_storage().delete(name)
            removed += 1
    return f"{removed} files without a row removed" if removed else None


def free_space_ok() -> bool:
    """Whether the disk has more than the reserve; a storage elsewhere always has."""
    storage = private_storage()
    if not isinstance(storage, FileSystemStorage):
        return True
    folder = Path(storage.location)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free > conf.FREE_DISK_RESERVE


@lru_cache(maxsize=1)
def private_storage() -> Storage:
    if conf.PRIVATE_STORAGE:
        return storages[conf.PRIVATE_STORAGE]
    return FileSystemStorage(
        location=conf.PRIVATE_ROOT,
        base_url=None,
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )


def _write(file: PrivateFile, content: bytes) -> None:
    sealed = crypto.seal(content, place=_place(file))
    private_storage().save(file.stored_as, ContentFile(sealed))


def _delete_on_commit(name: str) -> None:
    transaction.on_commit(lambda: private_storage().delete(name), robust=True)


def _place(file: PrivateFile) -> str:
    return f"{PrivateFile._meta.db_table}:{file.pk}:bytes:{file.generation}"


def _stored_names() -> Iterator[str]:
    storage = private_storage()
    if isinstance(storage, FileSystemStorage) and not Path(storage.location).exists():
        return
    for folder in storage.listdir("")[0]:
        for name in storage.listdir(folder)[1]:
            yield f"{folder}/{name}"


def _has_row(name: str) -> bool:
    key, _dash, generation = name.rpartition("/")[2].partition("-")
    try:
        return PrivateFile.objects.filter(pk=UUID(hex=key), generation=int(generation)).exists()
    except ValueError:
        return True  # not ours


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting in ("WAGTAIL_DIASPORA", "STORAGES"):
        private_storage.cache_clear()


setting_changed.connect(_forget, dispatch_uid="diaspora_vault.files")
