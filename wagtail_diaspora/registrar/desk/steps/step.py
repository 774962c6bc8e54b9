from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ... import states
from ...models import Item, Order
from .. import forms
from ..base import CHANGE


@dataclass(frozen=True)
class Step:
    """`to` is the state that an item gets; a step without it is the order's, and `when` says when.

    A `warning` is shown before what cannot be taken back.
    """

    name: str
    label: Any
    run: Callable
    form: type[forms.StepForm] = forms.StepForm
    to: str = ""
    when: Callable[[Order], bool] = lambda order: True
    warning: Any = ""
    permission: str = CHANGE
    undo: str = ""
    """Name of the step that takes it back, offered when it is done."""
    goes_on: bool = True
    """Whether it brings an item nearer to its end: the first of those stands out."""
    panel: str = ""
    """Beside what on the case it stands; those of no panel stand above everything."""

    def offered_for(self, order: Order, item: Item | None = None) -> bool:
        if order.erased_at or bool(self.to) != (item is not None):
            return False
        return self.when(order) and (item is None or may_go(order, item, self.to))


def may_go(order: Order, item: Item, target: str) -> bool:
    return (
        order.state not in states.ENDED
        and states.allows(states.ITEM, item.state, target)
        and states.payment_opens(order.policy["payment"], order.payment_state, target)
    )
