"""The money of an order: asked for, reported, received, waived, paid back."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora.exceptions import TransitionNotAllowed

from .. import states
from ..models import Payment
from ..models.payments import PaymentKind
from ..states import ItemState, PaymentPolicy, PaymentState
from .door import Case, case_action
from .files import Files, keep_files


@case_action
def report_payment(case: Case, *, files: Files = ()) -> None:
    """The applicant says that the money was sent, and may show the slip. Saying it again changes nothing."""
    keep_files(case.order, files)
    if case.order.payment_state == PaymentState.REPORTED:
        return
    states.require(states.PAYMENT, case.order.payment_state, PaymentState.REPORTED)
    case.order.payment_state = PaymentState.REPORTED
    _book(case, PaymentKind.REPORTED, case.order.balance_minor)
    case.log("diaspora_registrar.payment_reported")
    case.tell_office("office_payment")


@case_action
def record_payment(
    case: Case, *, received_on: date, amount_minor: int | None = None, document_number: str = ""
) -> None:
    """The whole of what is owed unless another amount is given; late money of a closed order too."""
    amount = case.order.balance_minor if amount_minor is None else amount_minor
    if amount <= 0:
        raise TransitionNotAllowed(_("Nothing is owed for this order."))
    case.order.paid_minor += amount
    case.order.payment_state = PaymentState.RECEIVED
    _book(case, PaymentKind.RECEIVED, amount, booked_on=received_on, document_number=document_number)
    case.charge()
    case.log("diaspora_registrar.payment_received")
    if case.order.state not in states.ENDED:
        case.tell("payment_received", paid=amount)
        _go_on_if_settled(case)


@case_action
def waive_payment(case: Case) -> None:
    """Nothing more is asked for this order, whatever is found."""
    _ask_no_more(case)
    case.log("diaspora_registrar.payment_waived")
    case.tell("payment_waived")
    _go_on_if_settled(case)


@case_action
def record_refund(case: Case, *, refunded_on: date, amount_minor: int | None = None) -> None:
    """What was paid too much unless another amount is given; more than that waives the rest."""
    too_much = -case.order.balance_minor
    amount = max(too_much, 0) if amount_minor is None else amount_minor
    if not 0 < amount <= case.order.paid_minor:
        raise TransitionNotAllowed(_("No more can be paid back than was received."))
    case.order.paid_minor -= amount
    _book(case, PaymentKind.REFUNDED, amount, booked_on=refunded_on)
    if amount > too_much:
        _ask_no_more(case)
    case.log("diaspora_registrar.payment_refunded")


def after_check(case: Case) -> None:
    """When every record was looked for: ask for what is owed, or prepare what was found."""
    if case.unchecked:
        return
    waited_for_money = case.order.payment_state in states.UNPAID
    case.charge()
    if case.order.balance_minor > 0:
        case.log("diaspora_registrar.payment_due")
    if case.order.balance_minor > 0 and case.order.policy["payment"] != PaymentPolicy.ON_DELIVERY:
        case.wait()
    else:
        _prepare_found(case)
        if waited_for_money:
            case.go_on()
    case.tell("checked", items=case.items)


def after_new_postage(case: Case) -> None:
    """Where another address costs another amount: ask for what is owed now, or go on if that was paid."""
    asked, waited_for_money = case.order.amount_minor, case.order.payment_state in states.UNPAID
    case.charge()
    if case.order.amount_minor == asked:
        return
    if case.order.balance_minor <= 0:
        if waited_for_money:
            _go_on_if_settled(case)
        return
    case.log("diaspora_registrar.payment_due")
    if case.order.policy["payment"] != PaymentPolicy.ON_DELIVERY:
        case.wait()


def _go_on_if_settled(case: Case) -> None:
    if case.order.payment_state in states.UNPAID:
        return
    if not case.unchecked:
        _prepare_found(case)
    case.go_on()


def _prepare_found(case: Case) -> None:
    for item in case.found:
        case.move_item(item, ItemState.READY)


def _ask_no_more(case: Case) -> None:
    case.order.policy = {**case.order.policy, "payment": PaymentPolicy.FREE}
    case.charge()


def _book(
    case: Case, kind: str, amount: int, *, booked_on: date | None = None, document_number: str = ""
) -> None:
    Payment.objects.create(
        order=case.order,
        kind=kind,
        amount_minor=amount,
        currency=case.order.currency,
        booked_on=booked_on or timezone.localdate(),
        document_number=document_number,
        user=case.user,
    )
