"""What the registrar listens to, and the checks that the outbox asks it."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Site

from wagtail_diaspora import limits
from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import LimitReached
from wagtail_diaspora.municipalities import logs
from wagtail_diaspora.municipalities.models import Closure, Holiday, Municipality
from wagtail_diaspora.outbox.exceptions import NotYet
from wagtail_diaspora.outbox.models import Message

from . import notices
from .models import DocumentFact, DocumentRelation, DocumentType, Draft, OneTimeCode, Order, RegistrarSettings
from .states import ENDED


def renew_offer_version(instance: Any, **kwargs: Any) -> None:
    """No process may serve what it knew of the office before this change.

    A number that was never there: a form that was opened long ago writes an old one back.
    """
    RegistrarSettings.objects.filter(_office_of(instance)).update(offer_version=secrets.randbelow(2**31))


def _office_of(instance: Any) -> Q:
    owner = getattr(instance, "document_type", instance)
    if isinstance(owner, Site):
        return Q(municipality__site=owner.pk)
    return Q(municipality=owner.pk if isinstance(owner, Municipality) else owner.municipality_id)


def order_mail_applies(message: Message) -> bool:
    """Nothing is sent about an erased order, and nothing is asked for one that has ended.

    What was written to an address that is no longer the order's stays here; the new one has the link.
    """
    order, kind = _order_of(message), notices.kind_of(message)
    if order is None or (kind in notices.ASKING and order.state in ENDED):
        return False
    if kind in notices.OFFICE_SUBJECTS or kind == "address_changed":
        return True
    if kind == "code":  # counted when it was asked for
        return message.created_at > timezone.now() - timedelta(minutes=OneTimeCode.VALID_MINUTES)
    wanted = order.new_email if kind == "confirm_address" else order.email
    return _same(message.recipient, wanted) and _goes_now(message, order)


def link_mail_applies(message: Message) -> bool:
    """A lost link goes to the address of the order only, and to nobody where there is no such order.

    Logged here, where it is known: whoever asks must not see by the time it takes whether there is one.
    """
    order = _order_of(message)
    applies = order is not None and _same(message.recipient, order.email) and _goes_now(message, order)
    if applies and message.attempts == 1:
        _log(order, "diaspora_registrar.resent", mail=notices.kind_of(message))
    return applies


def draft_mail_applies(message: Message) -> bool:
    """A link that resumes a draft is not sent when the draft is sent or erased, or has another address."""
    draft = Draft.objects.unsent().filter(pk=message.related_label.removeprefix("draft:")).first()
    address = draft.answers.get("applicant", {}).get("email", "") if draft else None
    return _same(message.recipient, address) and _goes_now(message)


def note_returned(message: Message, sent_at: datetime, **kwargs: Any) -> None:
    """In the history of the order, since the mail itself forgets that it left."""
    if order := _order_of(message):
        said = {"mail": notices.kind_of(message), "sent": sent_at.isoformat()}
        _log(order, "diaspora_registrar.mail_returned", **said)


@retry_when_locked
def _log(order: Order, action: str, **data: str) -> None:
    logs.log(order, action, user=None, municipality=order.municipality, data=data)


def _goes_now(message: Message, order: Order | None = None) -> bool:
    """To an address that nobody confirmed, few mails leave on one day; raises NotYet for the others."""
    confirmed = order and order.email_confirmed_at and _same(message.recipient, order.email)
    if not confirmed and message.attempts == 1:
        try:
            limits.spend("unconfirmed", limits.mailbox(message.recipient))
        except LimitReached as reached:
            raise NotYet(timezone.now() + timedelta(seconds=reached.retry_after)) from None
    return True


def _order_of(message: Message) -> Order | None:
    kind, _, key = message.related_label.partition(":")
    return Order.objects.filter(pk=key, erased_at=None).first() if kind == "order" else None


def _same(recipient: str, address: str | None) -> bool:
    return address is not None and recipient.casefold() == address.casefold()


OFFERED = (
    Site,
    Municipality,
    RegistrarSettings,
    DocumentType,
    DocumentFact,
    DocumentRelation,
    Holiday,
    Closure,
)
