"""Receipts of erasures, and their replay after an older backup was restored.

Public API: `receipt`, `register`, `replay`. Each erasure is also a line of a journal beside the private
files, which a backup of the database does not bring back in time: `diaspora_replay_erasures` reads it.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from wagtail_diaspora import conf

from .models import ErasureReceipt

__all__ = ["receipt", "register", "replay"]

JOURNAL = "erasures.jsonl"
Eraser = Callable[[str], bool]
_erasers: dict[str, Eraser] = {}


def register(label: str, eraser: Eraser) -> None:
    """`eraser(object_id)` erases again what a backup brought back; True when there was something."""
    _erasers[label] = eraser


def receipt(*, obj: Any, by: Any, places: dict[str, int]) -> ErasureReceipt:
    """Write the receipt in the caller's transaction, and the journal's line when it is committed."""
    label, key = obj._meta.label_lower, str(obj.pk)
    written = ErasureReceipt.objects.create(by=by, object_label=label, object_id=key, places=places)
    transaction.on_commit(lambda: _note(label, key))
    return written


def replay() -> int:
    """Erase again what the journal names; returns how many came back with a backup."""
    return sum(_erasers[label](key) for label, key in _journal() if label in _erasers)


def _note(label: str, key: str) -> None:
    path = journal_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    line = json.dumps({"label": label, "id": key}) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w") as journal:
        journal.write(line)
        journal.flush()
        os.fsync(journal.fileno())


def _journal() -> Iterator[tuple[str, str]]:
    path = journal_path()
    if path.exists():
        for line in path.read_text().splitlines():
            entry = json.loads(line)
            yield entry["label"], entry["id"]


def journal_path() -> Path:
    return Path(conf.PRIVATE_ROOT).with_name(f"{Path(conf.PRIVATE_ROOT).name}-{JOURNAL}")
