"""What the registrar listens to, and the checks that the outbox asks it."""

from typing import Any

from django.db.models import F

from wagtail_diaspora.municipalities.models import Closure, Holiday
from wagtail_diaspora.outbox.models import Message

from .models import DocumentFact, DocumentRelation, DocumentType, Order, RegistrarSettings


def raise_offer_version(instance: Any, **kwargs: Any) -> None:
    """No process may serve the offer from before this change."""
    owner = getattr(instance, "document_type", instance)
    RegistrarSettings.objects.filter(municipality_id=owner.municipality_id).update(
        offer_version=F("offer_version") + 1
    )


def order_still_exists(message: Message) -> bool:
    """A mail about an order that was erased meanwhile is not sent."""
    key = message.related_label.removeprefix("order:")
    return Order.objects.filter(pk=key, erased_at=None).exists()


OFFERED = (DocumentType, DocumentFact, DocumentRelation, Holiday, Closure)
