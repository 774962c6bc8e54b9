"""What an office decides: its policy, and the documents that it offers."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from wagtail_diaspora.municipalities.viewsets import MunicipalityViewSet
from wagtail_diaspora.municipalities.viewsets.bulk import BulkIndexView
from wagtail_diaspora.municipalities.viewsets.columns import AmountColumn, YesNoColumn

from ..facts import KNOWN
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
                FieldPanel(
                    "remedy",
                    help_text=_("Which remedy the applicant has, where and until when, as your law says."),
                ),
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
    list_display = [
        "__str__",
        AmountColumn(DocumentType, "fee_minor", label=_("Fee for one copy")),
        "working_days",
        YesNoColumn(DocumentType, "active"),
        "municipality",
    ]
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
                FieldPanel(
                    "blank",
                    help_text=_("Its name, printed on the preparation sheet; empty if there is none."),
                ),
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
            help_text=format_lazy(
                "{} {}",
                _("A usual fact brings its question and its hint when you write its code:"),
                ", ".join(KNOWN),
            ),
            panels=[
                FieldPanel("code", help_text=_("Leave it empty for a question of your own.")),
                FieldPanel("kind"),
                FieldPanel("label", help_text=_("Leave it empty for the usual words.")),
                FieldPanel("hint"),
                FieldPanel("options", help_text=_("For “One of several choices”: one on a line.")),
                FieldPanel("required"),
            ],
        ),
        InlinePanel(
            "relations",
            heading=_("Who may order it"),
            label=_("Entitled person"),
            min_num=1,
            panels=[FieldPanel("relation"), FieldPanel("paper"), FieldPanel("paper_required")],
        ),
        InlinePanel(
            "boxes",
            heading=_("Boxes of the controlled blank"),
            label=pgettext_lazy("diaspora", "Box"),
            help_text=format_lazy(
                _(
                    "For the preparation sheet, in the order of the blank. What stands there is written as "
                    "codes of facts, or as one of these: {names}. A space joins two, | takes the first that "
                    "is known; {husband} and {wife} in front of a code choose the spouse. An empty box is "
                    "struck through."
                ),
                names="state, office, entry, remarks, hand",
                husband="husband:",
                wife="wife:",
            ),
            panels=[FieldRowPanel([FieldPanel("number"), FieldPanel("content")]), FieldPanel("label")],
        ),
    ]


VIEWSETS: list[Any] = [RegistrarSettingsViewSet(), DocumentTypeViewSet(), MessageTemplateViewSet()]
BULK_ACTIONS = [OfferBulkAction, StopOfferingBulkAction]
