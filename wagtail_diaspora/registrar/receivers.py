"""What the registrar listens to, and the checks that the outbox asks it."""

from typing import Any

from django.db.models import F

from wagtail_diaspora.municipalities.models import Closure, Holiday
from wagtail_diaspora.outbox.models import Message

from . import notices
from .models import DocumentFact, DocumentRelation, DocumentType, Draft, Order, RegistrarSettings
from .states import ENDED


def raise_offer_version(instance: Any, **kwargs: Any) -> None:
    """No process may serve the offer from before this change."""
    owner = getattr(instance, "document_type", instance)
    RegistrarSettings.objects.filter(municipality_id=owner.municipality_id).update(
        offer_version=F("offer_version") + 1
    )


def order_mail_applies(message: Message) -> bool:
    """Nothing is sent about an erased order, and nothing is asked for one that has ended."""
    orders = Order.objects.filter(pk=message.related_label.removeprefix("order:"), erased_at=None)
    if notices.kind_of(message) in notices.ASKING:
        orders = orders.exclude(state__in=ENDED)
    return orders.exists()


def draft_mail_applies(message: Message) -> bool:
    """A link that resumes a draft is not sent when the draft is sent or erased."""
    return Draft.objects.unsent().filter(pk=message.related_label.removeprefix("draft:")).exists()


OFFERED = (DocumentType, DocumentFact, DocumentRelation, Holiday, Closure)
