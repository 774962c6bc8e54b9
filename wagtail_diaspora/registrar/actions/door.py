"""The one door through which an order, its items and its payment change.

Every action is a function `action(case, *, …)` under `@case_action`. It is called as
`action(order, user=…, version=…, …)` and runs in one transaction whose first statement claims the
order by its version; log entries and messages are written before the one commit.
"""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import SomeoneWasFirst, TransitionNotAllowed
from wagtail_diaspora.municipalities import logs
from wagtail_diaspora.outbox.actions import Mail, post_mails

from .. import notices, states
from ..logged import UNTOLD
from ..models import Item, Order
from ..states import ItemState, OrderState
from . import charges, deadlines, retention

OTHER_WAS_FIRST = gettext_lazy(
    "Somebody else changed this order meanwhile. Nothing was done twice: look at it again."
)


class Case:
    """An order that this transaction has claimed."""

    def __init__(self, order: Order, user: Any):
        self.order, self.user = order, user
        self.items = list(order.items.select_related("document_type", "person"))
        self.mails: list[Mail] = []

    @classmethod
    def claim(cls, pk: UUID, *, version: int | None, user: Any) -> "Case":
        """`version` is what the person saw; None for an applicant's answer, which never collides."""
        rows = Order.objects.filter(pk=pk, erased_at=None)
        if version is not None:
            rows = rows.filter(version=version)
        if not rows.update(version=F("version") + 1, changed_at=timezone.now()):
            raise SomeoneWasFirst(str(OTHER_WAS_FIRST))
        return cls(Order.objects.select_related("municipality").get(pk=pk), user)

    def item(self, pk: UUID) -> Item:
        for item in self.items:
            if item.pk == pk:
                return item
        raise TransitionNotAllowed(_("This document is not part of the order."))

    def move_item(self, item: Item, target: str, **changes: Any) -> None:
        states.require(states.ITEM, item.state, target)
        if self.order.state in states.ENDED and target != ItemState.PAPER_WITHDRAWN:
            raise TransitionNotAllowed(_("The order is closed."))
        self.take_up()
        if not states.payment_opens(self.order.policy["payment"], self.order.payment_state, target):
            raise TransitionNotAllowed(_("The payment has to be recorded first."))
        _assign(item, state=target, state_at=timezone.now(), **changes)
        item.save(update_fields=["state", "state_at", *changes])

    def move_order(self, target: str) -> None:
        if target == self.order.state:
            return
        states.require(states.ORDER, self.order.state, target)
        self.log("diaspora_registrar.state", {"from": self.order.state, "to": target})
        if self.order.state == OrderState.WAITING:
            deadlines.start_clock(self.order)
        self.order.state = target
        self.order.closed_at = None if self.order.is_open else timezone.now()
        self.order.erase_on = retention.erase_on(self.order)

    def wait(self) -> None:
        """For the applicant; the office's clock stands still until they answer or pay."""
        self.take_up()
        self.move_order(OrderState.WAITING)
        deadlines.stop_clock(self.order)

    def go_on(self) -> None:
        """The applicant did what the order waited for."""
        if self.order.state == OrderState.WAITING:
            self.move_order(states.order_state_for(self._item_states(), OrderState.IN_REVIEW))
        else:
            deadlines.start_clock(self.order)

    def charge(self) -> None:
        charges.charge(self.order, self.items)

    def take_up(self) -> None:
        """A clerk's first step on a new order is also its taking up."""
        if self.order.state == OrderState.SUBMITTED and self.user is not None:
            self.move_order(OrderState.IN_REVIEW)
            self.order.assignee = self.order.assignee or self.user

    def settle(self) -> None:
        """Put the order where its items say, its payment where the money says, and write all of it."""
        if self.order.state not in states.ENDED | {OrderState.SUBMITTED}:
            self.move_order(states.order_state_for(self._item_states(), self.order.state))
        self.charge()
        self.order.save()
        if self.mails:
            post_mails(self.mails)

    def tell(self, kind: str, **facts: Any) -> None:
        """Queue a mail to the applicant; without an e-mail address the case says what has to be told."""
        if self.order.email:
            self.mails.append(notices.mail_to_applicant(self.order, kind, **facts))
        else:
            self.log(UNTOLD, {"mail": kind})

    def log(self, action: str, data: dict | None = None) -> None:
        """Log entries hold keys and states, never personal data."""
        logs.log(self.order, action, user=self.user, municipality=self.order.municipality, data=data)

    def log_item(self, action: str, item: Item) -> None:
        self.log(action, {"item": item.position, "state": item.state})

    def tell_office(self, kind: str) -> None:
        """Queue a mail to whoever hears of it at the office."""
        settings = self.order.municipality.registrar_settings
        self.mails += notices.mails_to_office(self.order, kind, settings)

    @property
    def unchecked(self) -> list[Item]:
        return [i for i in self.items if i.state in states.UNCHECKED]

    @property
    def found(self) -> list[Item]:
        return [i for i in self.items if i.state == ItemState.FOUND]

    @property
    def has_paper(self) -> bool:
        return any(i.state in states.WITH_PAPER for i in self.items)

    def _item_states(self) -> list[str]:
        return [i.state for i in self.items]


def case_action(function: Callable) -> Callable:
    """Turn `function(case, …)` into `function(order, *, user, version, …)` behind the door."""

    @functools.wraps(function)
    def action(order: Order, *, user: Any = None, version: int | None = None, **facts: Any) -> Any:
        def attempt() -> Any:
            with transaction.atomic():
                case = Case.claim(order.pk, version=version, user=user)
                result = function(case, **facts)
                case.settle()
            return result

        return retry_when_locked(attempt)()

    return action


def _assign(row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
