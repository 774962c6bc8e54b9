"""The clerk looks for the record: found, not found, passed on, refused."""

from uuid import UUID

from ..states import UNPAID, ItemState, OrderState, PaymentPolicy, PaymentState
from .door import Case, case_action
from .paying import ask_for_payment, prepare_found


@case_action
def take(case: Case) -> None:
    """Assign the order to the clerk who takes it."""
    case.order.assignee = case.user
    case.log("diaspora_registrar.assigned")


@case_action
def assign(case: Case, *, assignee) -> None:
    case.order.assignee = assignee
    case.log("diaspora_registrar.assigned")


@case_action
def mark_found(case: Case, *, item: UUID, act: dict, fee_minor: int | None = None) -> None:
    """`act` is the entry in the register; the fee for all copies is the type's unless given."""
    row = case.item(item)
    if fee_minor is None:
        fee_minor = row.document_type.fee_minor * row.copies
    case.move_item(row, ItemState.FOUND, act=act, fee_minor=fee_minor, outcome="")
    case.log_item("diaspora_registrar.found", row)
    _after_check(case)


@case_action
def mark_not_found(case: Case, *, item: UUID, explanation: str) -> None:
    row = case.item(item)
    case.move_item(row, ItemState.NOT_FOUND, outcome=explanation)
    case.log_item("diaspora_registrar.not_found", row)
    _after_check(case)


@case_action
def pass_on(case: Case, *, item: UUID, to: str, explanation: str = "") -> None:
    """Another office keeps the record; the applicant is told which."""
    row = case.item(item)
    case.move_item(row, ItemState.PASSED_ON, passed_on_to=to, outcome=explanation)
    case.log_item("diaspora_registrar.passed_on", row)
    _after_check(case)


@case_action
def refuse(case: Case, *, item: UUID, explanation: str) -> None:
    row = case.item(item)
    case.move_item(row, ItemState.REFUSED, outcome=explanation)
    case.log_item("diaspora_registrar.refused", row)
    _after_check(case)


@case_action
def check_again(case: Case, *, item: UUID) -> None:
    """Undo the outcome of a check, as long as nothing was asked of the applicant for it."""
    row = case.item(item)
    case.move_item(row, ItemState.TO_CHECK, outcome="", passed_on_to="", act={}, fee_minor=None)
    if case.order.payment_state in UNPAID:
        case.move_payment(PaymentState.NOT_NEEDED)
        case.order.amount_minor = 0
    case.log_item("diaspora_registrar.check_again", row)
    case.move_order(OrderState.IN_REVIEW)


def _after_check(case: Case) -> None:
    if case.unchecked:
        return
    if case.order.policy["payment"] == PaymentPolicy.CHECK_FIRST:
        ask_for_payment(case)
    else:
        prepare_found(case)
    case.tell("checked", items=case.items)
