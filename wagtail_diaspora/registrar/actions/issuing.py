"""Papers leave the office: issued, dispatched, handed over, returned, withdrawn, issued again."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from ..models import Item, Paper
from ..models.papers import PaperState
from ..proof import new_code, proof_digest
from ..states import ItemState
from .door import Case, case_action
from .numbers import next_number


@case_action
def issue(case: Case, *, item: UUID, blank_number: str = "") -> str:
    """Register the paper under the next number and return the code to print on it."""
    row = case.item(item)
    case.move_item(row, ItemState.ISSUED)
    code = _register(case, row, blank_number)
    case.log_item("diaspora_registrar.issued", row)
    return code


@case_action
def reissue(case: Case, *, item: UUID, blank_number: str = "") -> str:
    row = case.item(item)
    case.move_item(row, ItemState.REISSUED)
    code = _register(case, row, blank_number)
    case.log_item("diaspora_registrar.reissued", row)
    return code


@case_action
def withdraw_paper(case: Case, *, item: UUID) -> None:
    """The paper is not valid any more, and its proof page says so."""
    row = case.item(item)
    case.move_item(row, ItemState.PAPER_WITHDRAWN)
    row.papers.filter(state=PaperState.ISSUED).update(
        state=PaperState.WITHDRAWN, withdrawn_on=timezone.localdate()
    )
    case.log_item("diaspora_registrar.paper_withdrawn", row)


@case_action
def dispatch(case: Case, *, items: list[UUID], tracking_number: str = "") -> None:
    """One letter takes one or more items of the order."""
    rows = [case.item(item) for item in items]
    for row in rows:
        case.move_item(row, ItemState.DISPATCHED, tracking_number=tracking_number)
        case.log_item("diaspora_registrar.dispatched", row)
    case.tell("dispatched", items=rows)


@case_action
def ready_to_collect(case: Case, *, item: UUID) -> None:
    row = case.item(item)
    case.move_item(row, ItemState.READY_TO_COLLECT)
    case.log_item("diaspora_registrar.ready_to_collect", row)
    case.tell("ready_to_collect", items=[row])


@case_action
def mark_delivered(case: Case, *, item: UUID) -> None:
    """Handed over at the office, or the advice of delivery came back."""
    row = case.item(item)
    case.move_item(row, ItemState.DELIVERED)
    case.log_item("diaspora_registrar.delivered", row)


@case_action
def mark_returned(case: Case, *, item: UUID) -> None:
    row = case.item(item)
    case.move_item(row, ItemState.RETURNED)
    case.log_item("diaspora_registrar.returned", row)
    case.tell("returned", items=[row])


def _register(case: Case, item: Item, blank_number: str) -> str:
    today, municipality = timezone.localdate(), case.order.municipality
    code = new_code()
    Paper.objects.create(
        municipality=municipality,
        order=case.order,
        item=item,
        kind_name=item.document_type.name,
        number=_number(case, today),
        blank_number=blank_number,
        code=code,
        proof_digest=proof_digest(code),
        issued_on=today,
        issued_by=case.user,
    )
    return code


def _number(case: Case, today: date) -> str:
    value = next_number(case.order.municipality, series="paper", year=today.year)
    return f"{case.order.municipality.code.upper()}-{value}/{today.year}"
