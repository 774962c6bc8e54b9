"""What a clerk can do with an order: each action with its words, its form, and when it is offered."""

from ...models import Item, Order
from .items import ITEM_STEPS
from .orders import ORDER_STEPS
from .persons import CORRECT_PERSON
from .step import Step

__all__ = ["BY_NAME", "CORRECT_PERSON", "STEPS", "Step", "offered"]

STEPS = (*ITEM_STEPS, *ORDER_STEPS)
BY_NAME = {step.name: step for step in STEPS}


def offered(order: Order, item: Item | None = None) -> list[Step]:
    """What the states allow now, for one item or for the order; what cannot be taken back comes last."""
    return sorted((step for step in STEPS if step.offered_for(order, item)), key=lambda s: bool(s.warning))
