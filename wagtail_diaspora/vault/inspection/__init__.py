"""What may be uploaded: JPEG, PNG, HEIC and PDF, told by their content and made harmless.

Public API: `inspect`, `keep`, `inspect_again`, `Inspected`. Decoding happens in a process of its own with
limits of time and memory; without its answer, or the virus scanner's, a file is kept as "being checked"
and looked at again by the clock. Nothing here loses an order.
"""

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from wagtail_diaspora import conf
from wagtail_diaspora.exceptions import UploadRefused

from .. import files
from ..models import FileState, PrivateFile
from ..refusals import refused
from . import clamd

__all__ = ["Inspected", "inspect", "inspect_again", "keep"]

logger = logging.getLogger(__name__)
WORKER = Path(__file__).with_name("worker.py")

TRIES_PER_RUN = 50


@dataclass(frozen=True)
class Inspected:
    content: bytes
    content_type: str
    name: str
    pages: int
    state: str


class NoAnswer(Exception):
    """The inspection gave no answer; the file is being checked."""


def inspect(upload: Any) -> Inspected:
    """`upload` is Django's uploaded file. Raises UploadRefused with a sentence that helps."""
    if upload.size > conf.UPLOAD_MAX_BYTES:
        raise refused("size")
    content = upload.read()
    if not content:
        raise refused("empty")
    try:
        return _inspect(content, upload.name)
    except NoAnswer:
        return Inspected(content, "application/octet-stream", upload.name, 0, FileState.CHECKING)


def keep(inspected: Inspected, *, scope: str) -> PrivateFile:
    """Store what was inspected, in the caller's transaction."""
    return files.store(
        inspected.content,
        scope=scope,
        name=inspected.name,
        content_type=inspected.content_type,
        state=inspected.state,
    )


def inspect_again() -> str | None:
    """The clock's part: look again at what is being checked, at what was tried longest ago first.

    Returns a sentence with the counts.
    """
    waiting = PrivateFile.objects.filter(state=FileState.CHECKING).order_by("tried_at")[:TRIES_PER_RUN]
    decided = sum(map(_decide, waiting))
    return f"{decided} of {len(waiting)} files decided" if waiting else None


def _inspect(content: bytes, name: str) -> Inspected:
    _scan(content)
    answer, clean = _decode(content)
    if reason := answer.get("refused"):
        raise refused(reason)
    return Inspected(clean, answer["content_type"], name, answer["pages"], FileState.CLEAN)


def _decide(file: PrivateFile) -> bool:
    """The try is noted before it is made, so that a file which kills it is not always the first."""
    row = PrivateFile.objects.filter(pk=file.pk)
    row.update(tried_at=timezone.now())
    try:
        found = _inspect(files.read(file), file.name)
        files.replace(file, found.content, content_type=found.content_type, state=found.state)
    except UploadRefused as error:
        row.update(state=FileState.REFUSED, refusal=error.reason)
    except NoAnswer:
        return False
    except Exception as error:  # bytes that are gone or changed hold up no other file
        logger.error("File %s cannot be inspected: %s", file.pk, type(error).__name__)
        return False
    return True


def _scan(content: bytes) -> None:
    if not conf.CLAMD_ADDRESS:
        return
    try:
        clean = clamd.is_clean(content, address=conf.CLAMD_ADDRESS, seconds=conf.UPLOAD_INSPECTION_SECONDS)
    except OSError as error:
        logger.warning("The virus scanner gave no answer: %s", type(error).__name__)
        raise NoAnswer from error
    if not clean:
        raise refused("virus")


def _decode(content: bytes) -> tuple[dict, bytes]:
    limits = {
        "pixels": conf.UPLOAD_MAX_PIXELS,
        "pages": conf.UPLOAD_MAX_PAGES,
        "memory": conf.UPLOAD_INSPECTION_MEMORY,
    }
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(WORKER)],
            input=json.dumps(limits).encode() + b"\n" + content,
            capture_output=True,
            timeout=conf.UPLOAD_INSPECTION_SECONDS,
        )
        header, _newline, clean = done.stdout.partition(b"\n")
        return json.loads(header), clean
    except (subprocess.TimeoutExpired, OSError) as error:
        raise NoAnswer from error
    except ValueError:  # the process died of its limits: a bomb, not a lack of time
        return {"refused": "broken"}, b""
