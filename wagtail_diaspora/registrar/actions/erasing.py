"""Personal data go: from the order, its items, files, messages, mails and digests. What stays is said."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from wagtail_diaspora.outbox import actions as outbox
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.vault import erasure, files

from ..models import OneTimeCode, Order
from .door import Case, case_action


@case_action
def erase(case: Case) -> dict[str, int]:
    """Returns how many rows were erased in each place; reference, office, dates and states stay."""
    order = case.order
    places = {
        "files": _erase_files(order),
        "thread": order.thread.all().delete()[0],
        "notes": order.notes.all().delete()[0],
        "codes": OneTimeCode.objects.filter(order=order).delete()[0],
        "corrections": order.corrections.all().delete()[0],
        "digests": order.digests.all().delete()[0],
        "mails": sum(outbox.erase(Message.objects.labelled(label)) for label in _labels(order)),
        "persons": _blank(order.persons.all(), facts={}),
        "items": _blank(case.items, outcome="", act={}, passed_on_to="", tracking_number=""),
        "payments": order.payments.update(document_number=""),
    }
    order.applicant, order.address, order.country = {}, {}, ""
    order.email, order.new_email = "", None
    order.erased_at, order.erase_on = timezone.now(), None
    case.log("diaspora_registrar.erased")
    erasure.receipt(obj=order, by=case.user, places=places)
    return places


def _labels(order: Order) -> list[str]:
    """Under which the outbox has mails about the order, and about the draft that it came of."""
    return [order.subject_key, *([f"draft:{order.draft_key}"] if order.draft_key else [])]


def erase_again(key: str) -> bool:
    """After an older backup came back."""
    order = Order.objects.filter(pk=UUID(key), erased_at=None).first()
    if order is None:
        return False
    erase(order)
    return True


def erase_overdue() -> str | None:
    """The clock's part. Returns a sentence with the count."""
    due = list(Order.objects.to_erase().only("pk")[:200])
    for order in due:
        erase(order)
    return f"{len(due)} orders erased" if due else None


def _erase_files(order: Order) -> int:
    rows = list(order.files.select_related("file"))
    for row in rows:
        private = row.file
        row.delete()
        files.delete(private)
    return len(rows)


def _blank(rows: Any, **values: Any) -> int:
    rows = list(rows)
    for row in rows:
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
    return len(rows)
