"""Receipts of erasures, and their replay after an older backup was restored.

Public API: `receipt`, `register`, `replay`, `note_missing`. Each erasure is also an entry of the journal,
which `diaspora_restored` reads.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora.exceptions import JournalBehind

from . import journal
from .models import ErasureReceipt

__all__ = ["note_missing", "receipt", "register", "replay"]

logger = logging.getLogger(__name__)
PER_RUN = 500
Eraser = Callable[[str], bool]
_erasers: dict[str, Eraser] = {}


def register(label: str, eraser: Eraser) -> None:
    """`eraser(object_id)` erases again what a backup brought back; True when there was something."""
    _erasers[label] = eraser


def receipt(*, obj: Any, by: Any, places: dict[str, int]) -> ErasureReceipt:
    """Write the receipt in the caller's transaction, and the journal's entry when that is committed."""
    label, key = obj._meta.label_lower, str(obj.pk)
    written = ErasureReceipt.objects.create(by=by, object_label=label, object_id=key, places=places)
    transaction.on_commit(lambda: _note(written))
    return written


def replay() -> int:
    """Erase again what the journal names; returns how many came back with a backup."""
    return sum(_erasers[label](key) for label, key in journal.entries() if label in _erasers)


def note_missing() -> str | None:
    """The clock's part: write the entries that a storage did not take. Raises JournalBehind."""
    missing = ErasureReceipt.objects.unjournalled()[:PER_RUN]
    if not all(map(_note, missing)):
        raise JournalBehind(_("The storage of private files does not take the journal of erasures."))
    return f"{len(missing)} erasures noted" if missing else None


def _note(written: ErasureReceipt) -> bool:
    """A storage that is away stops no erasure."""
    try:
        journal.note(written.object_label, written.object_id)
        ErasureReceipt.objects.filter(pk=written.pk).update(journalled_at=timezone.now())
    except Exception as error:
        logger.error("Erasure %s is not in the journal yet: %s", written.pk, type(error).__name__)
        return False
    return True
