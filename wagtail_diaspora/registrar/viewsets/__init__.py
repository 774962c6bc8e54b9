"""What an office decides: its policy, and the documents that it offers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from wagtail_diaspora.municipalities.viewsets import MunicipalityViewSet
from wagtail_diaspora.municipalities.viewsets.bulk import BulkIndexView

from ..models import DocumentType, RegistrarSettings
from .bulk import OfferBulkAction, StopOfferingBulkAction
from .messages import MessageTemplateViewSet


class RegistrarSettingsViewSet(MunicipalityViewSet):
    model = RegistrarSettings
    name = "diaspora_registrar_settings"
    icon = "cogs"
    menu_label = _("Registrar settings")
    add_to_settings_menu = True
    menu_order = 790
    list_display = ["municipality", "payment_policy", "signature_policy"]
    panels = [
        FieldPanel("municipality"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "payment_policy",
                    help_text=_("An order keeps the rule that was in force when it was sent."),
                ),
                FieldPanel("signature_policy", help_text=_("Whether a request must be signed by hand.")),
                FieldPanel("identity_required"),
            ],
            heading=_("Order and payment"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("delivers_by_post"),
                FieldPanel("delivers_at_office"),
                FieldRowPanel([FieldPanel("postage_home_minor"), FieldPanel("postage_abroad_minor")]),
            ],
            heading=_("Delivery"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("notice_email", help_text=_("Says that an order came, never from whom.")),
                FieldPanel("answer_days", help_text=_("After this, an unanswered order is closed.")),
                FieldPanel(
                    "retention_months",
                    help_text=_("Counted from the day on which an order is closed."),
                ),
            ],
            heading=_("Notices and time limits"),
        ),
    ]


class DocumentTypeViewSet(MunicipalityViewSet):
    model = DocumentType
    name = "diaspora_document_type"
    icon = "doc-full"
    menu_label = _("Documents that can be ordered")
    add_to_settings_menu = True
    menu_order = 795
    list_display = ["__str__", "fee_minor", "working_days", "active", "municipality"]
    list_filter = OfferBulkAction.list_filter
    index_view_class = BulkIndexView
    instead_of_deleting = _("Switch off “offered” instead: nobody can order it any more, and orders remain.")
    panels = [
        FieldPanel("municipality"),
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("summary", help_text=_("One sentence below the name in the list.")),
                FieldPanel("code", help_text=_("Short name in addresses; do not change it later.")),
                FieldRowPanel([FieldPanel("register"), FieldPanel("edition")]),
            ],
            heading=pgettext_lazy("diaspora", "Document"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("fee_minor"), FieldPanel("working_days")]),
                FieldPanel("legal_basis", help_text=_("The regulation that the fee and time limit follow.")),
                FieldPanel("active", help_text=_("Switch it off to stop offering it; orders remain.")),
                FieldPanel("sort_order"),
            ],
            heading=_("Fee and time limit"),
        ),
        InlinePanel(
            "facts",
            heading=_("What is asked about the person"),
            label=_("Question"),
            panels=[
                FieldPanel("code"),
                FieldPanel("kind"),
                FieldPanel("label", help_text=_("Leave it empty for the usual words.")),
                FieldPanel("hint"),
                FieldPanel("required"),
            ],
        ),
        InlinePanel(
            "relations",
            heading=_("Who may order it"),
            label=_("Entitled person"),
            panels=[FieldPanel("relation"), FieldPanel("paper"), FieldPanel("paper_required")],
        ),
    ]


VIEWSETS: list[Any] = [RegistrarSettingsViewSet(), DocumentTypeViewSet(), MessageTemplateViewSet()]
BULK_ACTIONS = [OfferBulkAction, StopOfferingBulkAction]
