"""Offer many documents at once, or stop offering them."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from wagtail_diaspora.municipalities.viewsets.bulk import MunicipalityBulkAction

from ..actions.offering import set_offered
from ..models import DocumentType


class OfferBulkAction(MunicipalityBulkAction):
    models = [DocumentType]
    list_filter = ["active", "municipality"]
    display_name = pgettext_lazy("documents", "Offer")
    action_type = "offer"
    aria_label = _("Offer the chosen documents")
    question = _("Do you want to offer these documents to citizens?")
    offered = True
    fitting = Q(active=False)

    @classmethod
    def execute_action(cls, objects: list[DocumentType], *, user: Any = None, **kwargs: Any):
        return set_offered(objects, offered=cls.offered, user=user), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(count)d document was changed.", "%(count)d documents were changed.", num_parent_objects
        ) % {"count": num_parent_objects}


class StopOfferingBulkAction(OfferBulkAction):
    display_name = pgettext_lazy("documents", "Stop offering")
    action_type = "stop_offering"
    action_priority = 110
    aria_label = _("Stop offering the chosen documents")
    question = _("Do you want to stop offering these documents? Orders remain.")
    offered = False
    fitting = Q(active=True)
