"""How an order ends without papers, and how its links are revoked."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import DiasporaError, TransitionNotAllowed
from wagtail_diaspora.outbox.actions import post_mails

from .. import notices, states
from ..models import Draft, Item, Order
from ..states import OrderState
from .door import Case, case_action

REMINDED_DAYS_BEFORE = 7


@case_action
def withdraw(case: Case) -> None:
    """The applicant takes the order back, before a paper is made."""
    if case.has_paper:
        raise TransitionNotAllowed(_("A paper was issued already. Please write to the office instead."))
    case.move_order(OrderState.WITHDRAWN)
    case.tell("withdrawn")


@case_action
def expire(case: Case) -> None:
    """Nobody answered in time. Where a paper was made already, a clerk has to see how to end the rest."""
    if case.has_paper:
        case.go_on()
        case.log("diaspora_registrar.unanswered")
        return
    case.move_order(OrderState.EXPIRED)
    case.tell("expired")


@case_action
def revoke_links(case: Case) -> None:
    """Every link and open browser of the order stops working; the applicant is sent a new link."""
    case.order.token_generation += 1
    Draft.objects.filter(pk=case.order.draft_key).update(secret_hash="")
    case.log("diaspora_registrar.links_revoked")
    case.tell("link")


@retry_when_locked
def send_link(order: Order, *, email: str) -> None:
    """Mail the same link again, if `email` is the address of the order: that is looked up at sending.

    So the same is done, and takes as long, for an order that is not there (`order` is a stand-in then).
    """
    with transaction.atomic():
        post_mails([notices.mail_with_link(order, email, once=uuid4())])


def expire_unanswered() -> str | None:
    """The clock's part: end what waited past its day; where somebody is at work, the next run looks again."""
    count = 0
    for order in Order.objects.unanswered(before=timezone.localdate()).only("pk", "version").iterator():
        try:
            expire(order, version=order.version)
        except DiasporaError:
            continue
        count += 1
    return f"{count} orders expired" if count else None


def remind_waiting() -> str | None:
    """The clock's part: one mail a week before an order is closed; its key keeps it from coming twice."""
    soon = timezone.localdate() + timedelta(days=REMINDED_DAYS_BEFORE)
    orders = Order.objects.unanswered(before=soon).select_related("municipality", "municipality__site")
    mails = [notices.reminder(order) for order in orders.iterator() if order.email]
    return f"{_post_in_parts(mails)} reminders written" if mails else None


def may_withdraw(order: Order, items: Iterable[Item]) -> bool:
    allowed = states.allows(states.ORDER, order.state, OrderState.WITHDRAWN)
    return allowed and not any(item.state in states.WITH_PAPER for item in items)


def _post_in_parts(mails: list, size: int = 100) -> int:
    for first in range(0, len(mails), size):
        with transaction.atomic():
            post_mails(mails[first : first + size])
    return len(mails)
