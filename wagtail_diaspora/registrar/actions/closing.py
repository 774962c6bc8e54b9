"""How an order ends without papers, and how its links are revoked."""

from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.outbox.actions import post_mails

from .. import notices, states
from ..models import Order
from ..states import OrderState
from .door import Case, case_action


@case_action
def withdraw(case: Case) -> None:
    """The applicant takes the order back, before anything is prepared."""
    case.move_order(OrderState.WITHDRAWN)
    case.tell("withdrawn")


@case_action
def expire(case: Case) -> None:
    """Nobody answered in time."""
    case.move_order(OrderState.EXPIRED)
    case.tell("expired")


@case_action
def confirm_email(case: Case) -> None:
    if case.order.email_confirmed_at is None:
        case.order.email_confirmed_at = timezone.now()
        case.log("diaspora_registrar.email_confirmed")


@case_action
def revoke_links(case: Case) -> None:
    """Every tracking link of the order stops working; the applicant is sent a new one."""
    case.order.token_generation += 1
    case.log("diaspora_registrar.links_revoked")
    case.tell("link")


@retry_when_locked
def send_link(order: Order) -> None:
    """Mail the same link again."""
    with transaction.atomic():
        post_mails([notices.mail_to_applicant(order, "link", once=uuid4())])


def expire_unanswered() -> str:
    """The clock's part: expire what waited past its day. Returns a sentence with the count."""
    count = 0
    for order in Order.objects.waiting_too_long().only("pk", "version").iterator():
        expire(order, version=order.version)
        count += 1
    return f"{count} expired"


def may_withdraw(order: Order) -> bool:
    return states.allows(states.ORDER, order.state, OrderState.WITHDRAWN)
