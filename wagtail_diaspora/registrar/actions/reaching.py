"""What the office does when a mail did not arrive: another address, or the same mail again."""

from typing import Any

from django.db import transaction

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities import logs
from wagtail_diaspora.outbox import actions as outbox
from wagtail_diaspora.outbox.models import Message

from .. import notices, search
from ..logged import UNTOLD
from ..models import Order
from .correcting import forget_old_address, release_held
from .door import Case, case_action


@case_action
def correct_email(case: Case, *, email: str) -> None:
    """Links and codes that went to another address stop working, and the new one is sent its own link.

    A mailbox that was confirmed is told that it was replaced. Without an address, the applicant is told by
    telephone or post from now on, also of what was not sent yet.
    """
    order = case.order
    if email.casefold() == order.email.casefold():
        return
    if order.email_confirmed_at:
        case.tell("address_changed", tracking="")
    if not email:
        _leave_to_telephone(case)
    order.email, order.email_confirmed_at = email, None
    forget_old_address(order)
    release_held(order)
    search.reindex(order)
    case.log("diaspora_registrar.email_corrected")
    if email:
        case.tell("link")


def _leave_to_telephone(case: Case) -> None:
    """What was not sent yet, the applicant is told otherwise."""
    for mail in Message.objects.labelled(case.order.subject_key).waiting():
        if (kind := notices.kind_of(mail)) not in (*notices.NO_NEWS, *notices.OFFICE_SUBJECTS):
            case.log(UNTOLD, {"mail": kind})


@retry_when_locked
def resend(order: Order, *, message: Message, user: Any) -> None:
    """Send a mail again that the outbox gave up on. Raises what `outbox.actions.resend` raises."""
    with transaction.atomic():
        outbox.resend(message, user=user)
        data = {"mail": notices.kind_of(message)}
        logs.log(order, "diaspora_registrar.resent", user=user, municipality=order.municipality, data=data)
