"""Uploads that were inspected become files of an order, in the caller's transaction."""

from collections.abc import Sequence
from typing import TypeAlias

from wagtail_diaspora.vault.inspection import Inspected, keep

from ..models import Order, OrderFile, ThreadMessage

Files: TypeAlias = Sequence[tuple[str, Inspected]]
"""Each with its kind."""


def keep_files(
    order: Order, files: Files, *, message: ThreadMessage | None = None, from_applicant: bool = True
) -> None:
    for kind, inspected in files:
        file = keep(inspected, scope=order.municipality.scope)
        OrderFile.objects.create(
            order=order, message=message, kind=kind, file=file, from_applicant=from_applicant
        )
