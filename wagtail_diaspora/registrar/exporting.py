"""What the office keeps about an applicant, as plain values for a file: the right of access.

Public API: `export`. Scans of papers are named with kind, size and day, and never given back; the JMBG is
masked, since a file on a shared computer outlives the page. Notes of the office stay with the office.
"""

from typing import Any

from django.utils import timezone

from wagtail_diaspora import money
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.words import say

from . import jmbg, notices
from .models import Item, Order, Paper, Payment, Person
from .models.thread import OrderFile
from .wording import told

__all__ = ["export"]


def export(order: Order) -> dict[str, Any]:
    """Keys in English, words in the active language, times in the zone of the office."""
    history = told(order)
    return {
        "reference": order.reference,
        "office": str(order.municipality),
        "state": str(order.get_state_display()),
        "received": _at(order.submitted_at),
        "due_on": order.due_on,
        "erased_on": order.erase_on,
        "language": order.language,
        "came_by": str(order.get_channel_display()),
        "protocol_number": order.protocol_number,
        "applicant": order.applicant,
        "email": order.email,
        "email_confirmed": _at(order.email_confirmed_at),
        "new_email": order.new_email or "",
        "delivery": {"method": order.delivery_method, **order.address},
        "persons": [_person(person) for person in order.persons.all()],
        "documents": [
            _item(item)
            for item in order.items.select_related("document_type", "person").prefetch_related("papers")
        ],
        "payment": {
            "state": str(order.get_payment_state_display()),
            "amount": money.written(order.amount_minor, order.currency),
            "paid": money.written(order.paid_minor, order.currency),
            "entries": [_payment(row) for row in order.payments.all()],
        },
        "messages": [
            {"at": _at(m.created_at), "from": "you" if m.from_applicant else "office", "text": m.body}
            for m in order.thread.all()
        ],
        "files": [_file(row) for row in order.files.select_related("file")],
        "corrections": [
            {
                "at": _at(row.created_at),
                "what": row.what,
                "before": _masked(row.before),
                "after": _masked(row.after),
            }
            for row in order.corrections.all()
        ],
        "mails": [_mail(mail) for mail in _mails(order)],
        "history": [{"at": _at(at), "what": sentence} for at, sentence in history],
    }


def _person(person: Person) -> dict[str, Any]:
    return {"number": person.position, "relation": person.relation, "facts": _masked(person.facts)}


def _item(item: Item) -> dict[str, Any]:
    return {
        "document": say(item.document_type.name),
        "person": item.person.position,
        "copies": item.copies,
        "language": item.language,
        "state": str(item.get_state_display()),
        "explanation": item.outcome,
        "passed_on_to": item.passed_on_to,
        "registered_letter": item.tracking_number,
        "fee": money.written(item.fee_minor, item.order.currency),
        "entry_in_the_register": item.act,
        "papers": [_paper(paper) for paper in item.papers.all()],
    }


def _paper(paper: Paper) -> dict[str, Any]:
    """Without the code that is printed on it, which is of whoever holds the paper."""
    return {
        "number": paper.number,
        "blank": paper.blank_number,
        "state": str(paper.get_state_display()),
        "issued_on": paper.issued_on,
        "withdrawn_on": paper.withdrawn_on,
    }


def _payment(row: Payment) -> dict[str, Any]:
    return {
        "what": str(row.get_kind_display()),
        "amount": money.written(row.amount_minor, row.currency),
        "on": row.booked_on,
        "number": row.document_number,
        "at": _at(row.created_at),
    }


def _file(row: OrderFile) -> dict[str, Any]:
    return {"kind": str(row.label), "bytes": row.file.size, "at": _at(row.created_at)}


def _mail(mail: Message) -> dict[str, Any]:
    kind = notices.kind_of(mail)
    return {
        "kind": str(notices.KINDS.get(kind, kind)),
        "written": _at(mail.created_at),
        "sent": _at(mail.sent_at),
    }


def _mails(order: Order) -> list[Message]:
    rows = Message.objects.labelled(order.subject_key).order_by("ordinal")
    return [mail for mail in rows if notices.kind_of(mail) not in notices.OFFICE_SUBJECTS]


def _masked(facts: dict[str, str]) -> dict[str, str]:
    return facts | {code: jmbg.masked(number) for code, number in jmbg.in_facts(facts).items()}


def _at(moment: Any) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else None
