"""The clerk looks for the record: found, not found, passed on, refused."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from wagtail_diaspora.exceptions import TransitionNotAllowed
from wagtail_diaspora.municipalities.permissions import may

from .. import states
from ..states import ItemState, OrderState
from .door import Case, case_action
from .paying import after_check


@case_action
def take(case: Case) -> None:
    """Assign the order to the clerk who takes it."""
    case.take_up()
    case.order.assignee = case.user
    case.log("diaspora_registrar.assigned")


@case_action
def assign(case: Case, *, assignee: Any) -> None:
    """To somebody who may change orders of this office, or to nobody."""
    if assignee and not may(assignee, "diaspora_registrar.change_order", case.order.municipality_id):
        raise TransitionNotAllowed(_("This person does not work on the orders of this municipality."))
    if case.order.state in states.ENDED:
        raise TransitionNotAllowed(_("The order is closed."))
    case.order.assignee = assignee
    case.log("diaspora_registrar.assigned")


@case_action
def mark_found(case: Case, *, item: UUID, act: dict, fee_minor: int | None = None) -> None:
    """`act` is the entry in the register; the fee for all copies is the one that was shown unless given."""
    row = case.item(item)
    fee_minor = row.fee_minor if fee_minor is None else fee_minor
    case.move_item(row, ItemState.FOUND, act=act, fee_minor=fee_minor, outcome="")
    case.log_item("diaspora_registrar.found", row)
    after_check(case)


@case_action
def mark_not_found(case: Case, *, item: UUID, explanation: str) -> None:
    row = case.item(item)
    case.move_item(row, ItemState.NOT_FOUND, outcome=explanation)
    case.log_item("diaspora_registrar.not_found", row)
    after_check(case)


@case_action
def pass_on(case: Case, *, item: UUID, to: str, explanation: str = "") -> None:
    """Another office keeps the record; the applicant is told which."""
    row = case.item(item)
    case.move_item(row, ItemState.PASSED_ON, passed_on_to=to, outcome=explanation)
    case.log_item("diaspora_registrar.passed_on", row)
    after_check(case)


@case_action
def refuse(case: Case, *, item: UUID, explanation: str) -> None:
    row = case.item(item)
    case.move_item(row, ItemState.REFUSED, outcome=explanation)
    case.log_item("diaspora_registrar.refused", row)
    after_check(case)


@case_action
def check_again(case: Case, *, item: UUID) -> None:
    """Undo the outcome of a check. What was asked is asked no longer, unless the money is on its way."""
    row = case.item(item)
    case.move_item(row, ItemState.TO_CHECK, outcome="", passed_on_to="", act={})
    case.log_item("diaspora_registrar.check_again", row)
    case.move_order(OrderState.IN_REVIEW)


@case_action
def reopen(case: Case) -> None:
    """Take up an order again that was closed because nobody answered."""
    case.move_order(OrderState.IN_REVIEW)
    case.tell("reopened")
    after_check(case)
