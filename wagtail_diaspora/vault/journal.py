"""The journal of erasures: one small entry for each, in the private storage, named after what was erased.

Public API: `entries`, `note`. A backup of the database does not bring it back in time, so it knows what to
erase again.
"""

from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.utils import timezone

from .files import private_storage

__all__ = ["entries", "note"]

FOLDER = "erasures"


def note(label: str, key: str) -> None:
    """Write the entry unless it is there; raises what the storage raises."""
    name = f"{FOLDER}/{label}/{key}"
    if not private_storage().exists(name):
        private_storage().save(name, ContentFile(timezone.now().isoformat().encode()))


def entries() -> Iterator[tuple[str, str]]:
    """Label of the model and key of every row that was erased."""
    labels, _files = _listed(FOLDER)
    for label in labels:
        for key in _listed(f"{FOLDER}/{label}")[1]:
            yield label, key


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return private_storage().listdir(folder)
    except FileNotFoundError:
        return [], []
