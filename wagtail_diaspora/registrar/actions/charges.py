"""What an order costs, by what its items came to: the one place that says so.

Public API: `charge`, `postage`, `postage_for`. Amounts are minor units.
"""

from collections.abc import Sequence

from .. import states
from ..models import Item, Order
from ..models.settings import Delivery
from ..states import PaymentPolicy, PaymentState


def charge(order: Order, items: Sequence[Item]) -> None:
    """Set what is owed, and where the payment stands by it; after the erasure that is known no longer."""
    if order.erased_at:
        return
    order.amount_minor = _owed(order, items)
    target = states.payment_state_for(
        owed=order.amount_minor, paid=order.paid_minor, current=order.payment_state
    )
    if target != order.payment_state:
        states.require(states.PAYMENT, order.payment_state, target)
        order.payment_state = target


def postage(order: Order) -> int:
    return postage_for(order.policy, order.delivery_method, order.address.get("country"))


def postage_for(policy: dict, method: str | None, country: str | None) -> int:
    """The country is the one that the letter goes to; an address without one is in this country."""
    if method != Delivery.POST:
        return 0
    return policy["postage_home_minor" if country in (None, "", "BA") else "postage_abroad_minor"]


def _owed(order: Order, items: Sequence[Item]) -> int:
    """Nothing more is asked of an ended or waived order; before all is checked, only what was asked."""
    total = _total(order, items)
    if order.state in states.ENDED or order.policy["payment"] == PaymentPolicy.FREE:
        return min(order.paid_minor, total)
    checking = any(item.state in states.UNCHECKED for item in items)
    if checking and order.policy["payment"] != PaymentPolicy.PAY_FIRST:
        return order.amount_minor if order.payment_state == PaymentState.REPORTED else order.paid_minor
    return total


def _total(order: Order, items: Sequence[Item]) -> int:
    """Fees of the items that have or will have a paper, and one postage if they go by post."""
    paid = [item for item in items if _is_charged(order, item)]
    return sum(item.fee_minor for item in paid) + (postage(order) if paid else 0)


def _is_charged(order: Order, item: Item) -> bool:
    if order.state in states.ENDED:
        return item.state in states.WITH_PAPER
    return item.state not in states.WITHOUT_PAPER
