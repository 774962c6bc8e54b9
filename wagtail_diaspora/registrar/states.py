"""What may follow what: the three tables of an order, its items and its payment.

A draft is a table of its own; an order row begins at `OrderState.SUBMITTED`.
The actions ask these tables before they change a row; a test draws every edge.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.exceptions import TransitionNotAllowed


class OrderState(models.TextChoices):
    SUBMITTED = "submitted", pgettext_lazy("order state", "Received")
    IN_REVIEW = "in_review", pgettext_lazy("order state", "Being checked")
    WAITING = "waiting", pgettext_lazy("order state", "Waiting for the applicant")
    IN_PREPARATION = "in_preparation", pgettext_lazy("order state", "In preparation")
    COMPLETED = "completed", pgettext_lazy("order state", "Completed")
    WITHDRAWN = "withdrawn", pgettext_lazy("order state", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("order state", "Expired")
    REFUSED = "refused", pgettext_lazy("order state", "Refused")


class ItemState(models.TextChoices):
    TO_CHECK = "to_check", pgettext_lazy("item state", "To be checked")
    FOUND = "found", pgettext_lazy("item state", "Record found")
    NOT_FOUND = "not_found", pgettext_lazy("item state", "Record not found")
    PASSED_ON = "passed_on", pgettext_lazy("item state", "Passed on to another office")
    READY = "ready", pgettext_lazy("item state", "Ready to be issued")
    ISSUED = "issued", pgettext_lazy("item state", "Issued")
    DISPATCHED = "dispatched", pgettext_lazy("item state", "Sent by post")
    READY_TO_COLLECT = "ready_to_collect", pgettext_lazy("item state", "Ready to collect")
    DELIVERED = "delivered", pgettext_lazy("item state", "Delivered")
    REFUSED = "refused", pgettext_lazy("item state", "Refused")
    RETURNED = "returned", pgettext_lazy("item state", "Returned by the post")
    PAPER_WITHDRAWN = "paper_withdrawn", pgettext_lazy("item state", "Paper withdrawn")
    REISSUED = "reissued", pgettext_lazy("item state", "Issued again")


class PaymentState(models.TextChoices):
    NOT_NEEDED = "not_needed", pgettext_lazy("payment state", "Not needed")
    DUE = "due", pgettext_lazy("payment state", "To be paid")
    REPORTED = "reported", pgettext_lazy("payment state", "Reported by the applicant")
    RECEIVED = "received", pgettext_lazy("payment state", "Received")
    REFUNDED = "refunded", pgettext_lazy("payment state", "Refunded")


class PaymentPolicy(models.TextChoices):
    CHECK_FIRST = "check_first", _("Pay after the clerk has found the record")
    PAY_FIRST = "pay_first", _("Pay before the clerk looks for the record")
    ON_DELIVERY = "on_delivery", _("Pay when the document is handed over")
    FREE = "free", _("Free of charge")


Table: TypeAlias = Mapping[str, frozenset[str]]


def _table(rows: dict[str, tuple[str, ...]]) -> Table:
    return {source: frozenset(targets) for source, targets in rows.items()}


ORDER: Table = _table(
    {
        OrderState.SUBMITTED: (OrderState.IN_REVIEW, OrderState.WITHDRAWN, OrderState.EXPIRED),
        OrderState.IN_REVIEW: (
            OrderState.WAITING,
            OrderState.IN_PREPARATION,
            OrderState.COMPLETED,
            OrderState.WITHDRAWN,
            OrderState.REFUSED,
        ),
        OrderState.WAITING: (
            OrderState.IN_REVIEW,
            OrderState.IN_PREPARATION,
            OrderState.COMPLETED,
            OrderState.WITHDRAWN,
            OrderState.EXPIRED,
            OrderState.REFUSED,
        ),
        OrderState.IN_PREPARATION: (
            OrderState.IN_REVIEW,
            OrderState.WAITING,
            OrderState.COMPLETED,
            OrderState.REFUSED,
        ),
        OrderState.COMPLETED: (OrderState.IN_REVIEW, OrderState.IN_PREPARATION),
        OrderState.WITHDRAWN: (),
        OrderState.EXPIRED: (OrderState.IN_REVIEW,),
        OrderState.REFUSED: (),
    }
)

ITEM: Table = _table(
    {
        ItemState.TO_CHECK: (
            ItemState.FOUND,
            ItemState.NOT_FOUND,
            ItemState.PASSED_ON,
            ItemState.REFUSED,
        ),
        ItemState.FOUND: (ItemState.TO_CHECK, ItemState.READY, ItemState.REFUSED),
        ItemState.NOT_FOUND: (ItemState.TO_CHECK,),
        ItemState.PASSED_ON: (ItemState.TO_CHECK,),
        ItemState.READY: (ItemState.ISSUED, ItemState.TO_CHECK, ItemState.REFUSED),
        ItemState.ISSUED: (ItemState.DISPATCHED, ItemState.READY_TO_COLLECT, ItemState.PAPER_WITHDRAWN),
        ItemState.DISPATCHED: (ItemState.DELIVERED, ItemState.RETURNED, ItemState.PAPER_WITHDRAWN),
        ItemState.READY_TO_COLLECT: (
            ItemState.DELIVERED,
            ItemState.DISPATCHED,
            ItemState.PAPER_WITHDRAWN,
        ),
        ItemState.DELIVERED: (ItemState.PAPER_WITHDRAWN,),
        ItemState.REFUSED: (),
        ItemState.RETURNED: (
            ItemState.DISPATCHED,
            ItemState.READY_TO_COLLECT,
            ItemState.PAPER_WITHDRAWN,
        ),
        ItemState.PAPER_WITHDRAWN: (ItemState.REISSUED,),
        ItemState.REISSUED: (
            ItemState.DISPATCHED,
            ItemState.READY_TO_COLLECT,
            ItemState.PAPER_WITHDRAWN,
        ),
    }
)

PAYMENT: Table = _table(
    {
        PaymentState.NOT_NEEDED: (PaymentState.DUE, PaymentState.RECEIVED),
        PaymentState.DUE: (PaymentState.REPORTED, PaymentState.RECEIVED, PaymentState.NOT_NEEDED),
        PaymentState.REPORTED: (PaymentState.DUE, PaymentState.RECEIVED, PaymentState.NOT_NEEDED),
        PaymentState.RECEIVED: (PaymentState.REFUNDED, PaymentState.DUE),
        PaymentState.REFUNDED: (PaymentState.DUE, PaymentState.RECEIVED),
    }
)

OPEN_ORDER_STATES = (
    OrderState.SUBMITTED,
    OrderState.IN_REVIEW,
    OrderState.WAITING,
    OrderState.IN_PREPARATION,
)
ENDED = frozenset({OrderState.WITHDRAWN, OrderState.EXPIRED, OrderState.REFUSED})
"""Orders for which nothing more is prepared; an expired one can be taken up again."""
UNCHECKED = frozenset({ItemState.TO_CHECK})
WITHOUT_PAPER = frozenset({ItemState.NOT_FOUND, ItemState.PASSED_ON, ItemState.REFUSED})
"""Items that end without a paper of this office."""
FINISHED = WITHOUT_PAPER | {ItemState.DISPATCHED, ItemState.DELIVERED, ItemState.PAPER_WITHDRAWN}
WITH_PAPER = frozenset(
    {
        ItemState.ISSUED,
        ItemState.DISPATCHED,
        ItemState.READY_TO_COLLECT,
        ItemState.DELIVERED,
        ItemState.RETURNED,
        ItemState.REISSUED,
    }
)
WAS_ISSUED = WITH_PAPER | {ItemState.PAPER_WITHDRAWN}
"""No way leads back from these: only such items have papers, whatever became of them."""
UNSENT = frozenset(
    {
        ItemState.TO_CHECK,
        ItemState.FOUND,
        ItemState.READY,
        ItemState.ISSUED,
        ItemState.RETURNED,
        ItemState.REISSUED,
    }
)
"""Items that may still go into an envelope."""
CORRECTABLE = frozenset({OrderState.SUBMITTED, OrderState.IN_REVIEW, OrderState.WAITING})
UNPAID = frozenset({PaymentState.DUE, PaymentState.REPORTED})
SETTLED = frozenset({PaymentState.NOT_NEEDED, PaymentState.RECEIVED, PaymentState.REFUNDED})

_SETTLED_BEFORE: Mapping[str, frozenset[str]] = {
    PaymentPolicy.CHECK_FIRST: frozenset({ItemState.READY}),
    PaymentPolicy.PAY_FIRST: frozenset({ItemState.FOUND, ItemState.READY}),
    PaymentPolicy.ON_DELIVERY: frozenset({ItemState.DELIVERED}),
    PaymentPolicy.FREE: frozenset(),
}


def allows(table: Table, source: str, target: str) -> bool:
    return target in table[source]


def require(table: Table, source: str, target: str) -> None:
    """Raise TransitionNotAllowed unless the table has the edge."""
    if not allows(table, source, target):
        raise TransitionNotAllowed(_("This step is not possible now. Look at the case again."))


def facts_may_change(order: str, items: Iterable[str]) -> bool:
    """The applicant corrects a person while no clerk has come to a result about that person's `items`."""
    return order in CORRECTABLE and set(items) <= UNCHECKED


def address_may_change(order: str, items: Iterable[str]) -> bool:
    """Where the letter goes, while there is one to send, or to send again."""
    return order in OPEN_ORDER_STATES and bool(set(items) & UNSENT)


def contact_may_change(order: str) -> bool:
    return order not in ENDED


def office_may_correct(order: str) -> bool:
    """The office corrects what it was told as long as it works on the order, whatever it has found."""
    return order in OPEN_ORDER_STATES


def payment_opens(policy: str, payment: str, target: str) -> bool:
    """Whether an item may go to `target` while the payment stands at `payment` under `policy`."""
    return payment in SETTLED or target not in _SETTLED_BEFORE[policy]


def payment_state_for(*, owed: int, paid: int, current: str) -> str:
    """Where the payment stands by what is owed and what was paid, in minor units."""
    if owed > paid:
        return PaymentState.REPORTED if current == PaymentState.REPORTED else PaymentState.DUE
    if paid:
        return PaymentState.RECEIVED
    was_paid = current in (PaymentState.RECEIVED, PaymentState.REFUNDED)
    return PaymentState.REFUNDED if was_paid else PaymentState.NOT_NEEDED


def order_state_for(items: list[str], current: str) -> str:
    """Where an order stands by its items: a waiting order stays waiting until somebody answers."""
    states = set(items)
    if states <= {ItemState.REFUSED}:
        return OrderState.REFUSED
    if states <= FINISHED:
        return OrderState.COMPLETED
    if current == OrderState.WAITING:
        return current
    if states & UNCHECKED:
        return OrderState.IN_REVIEW
    return OrderState.IN_PREPARATION
