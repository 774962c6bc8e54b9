"""What the order costs, and what the office knows of the money."""

from datetime import date

from django.utils import timezone

from ..models import Order, Payment
from ..models.cases import PaymentKind
from ..models.settings import Delivery
from ..states import WITHOUT_PAPER, ItemState, OrderState, PaymentState
from .deadlines import answer_by
from .door import Case, case_action
from .talking import Files, keep_files


@case_action
def report_payment(case: Case, *, files: Files = ()) -> None:
    """The applicant says that the money was sent, and may show the slip."""
    keep_files(case, files)
    case.move_payment(PaymentState.REPORTED)
    _book(case, PaymentKind.REPORTED)
    case.log("diaspora_registrar.payment_reported")


@case_action
def record_payment(case: Case, *, received_on: date, document_number: str = "") -> None:
    case.move_payment(PaymentState.RECEIVED)
    _book(case, PaymentKind.RECEIVED, booked_on=received_on, document_number=document_number)
    case.log("diaspora_registrar.payment_received")
    case.tell("payment_received")
    prepare_found(case)


@case_action
def waive_payment(case: Case) -> None:
    case.move_payment(PaymentState.NOT_NEEDED)
    case.order.amount_minor = 0
    case.log("diaspora_registrar.payment_waived")
    prepare_found(case)


@case_action
def record_refund(case: Case, *, refunded_on: date) -> None:
    case.move_payment(PaymentState.REFUNDED)
    _book(case, PaymentKind.REFUNDED, booked_on=refunded_on)
    case.log("diaspora_registrar.payment_refunded")


def ask_for_payment(case: Case) -> None:
    """Ask for the fees of what was found, with postage; where nothing is owed, go on at once."""
    amount = amount_for(case)
    if not amount:
        prepare_found(case)
        return
    case.move_payment(PaymentState.DUE)
    case.order.amount_minor = amount
    case.order.answer_by = answer_by(case.order)
    case.log("diaspora_registrar.payment_due")
    case.move_order(OrderState.WAITING)


def prepare_found(case: Case) -> None:
    """Open the next step of every found item, now that nothing is owed for it."""
    for item in case.found:
        case.move_item(item, ItemState.READY)
    if case.order.state == OrderState.WAITING:
        case.order.answer_by = None
        case.move_order(OrderState.IN_REVIEW if case.unchecked else OrderState.IN_PREPARATION)


def amount_for(case: Case) -> int:
    """Fees of the items that get a paper, and one postage if they go by post; minor units."""
    paid = [item for item in case.items if item.state not in WITHOUT_PAPER]
    return sum(item.fee_minor or 0 for item in paid) + (postage(case.order) if paid else 0)


def postage(order: Order) -> int:
    return postage_for(order.policy, order.delivery_method, order.address.get("country"))


def postage_for(policy: dict, method: str | None, country: str | None) -> int:
    """In minor units; the country is the one that the letter goes to."""
    if method != Delivery.POST:
        return 0
    return policy["postage_home_minor" if country == "BA" else "postage_abroad_minor"]


def _book(case: Case, kind: str, *, booked_on: date | None = None, document_number: str = "") -> None:
    Payment.objects.create(
        order=case.order,
        kind=kind,
        amount_minor=case.order.amount_minor,
        currency=case.order.currency,
        booked_on=booked_on or timezone.localdate(),
        document_number=document_number,
        user=case.user,
    )
