"""What an office writes often."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel

from wagtail_diaspora.municipalities.viewsets import MunicipalityViewSet
from wagtail_diaspora.municipalities.viewsets.columns import YesNoColumn

from ..models import MessageTemplate
from ..placeholders import NAMES


def _places() -> str:
    rows = [format_lazy("<li><code>{{{}}}</code> {}</li>", name, said) for name, said in NAMES.items()]
    return format_lazy("<ul>" + "{}" * len(rows) + "</ul>", *rows)


class MessageTemplateViewSet(MunicipalityViewSet):
    model = MessageTemplate
    name = "diaspora_message_template"
    icon = "comment"
    menu_label = _("Message templates")
    add_to_settings_menu = True
    menu_order = 797
    list_display = ["__str__", YesNoColumn(MessageTemplate, "active"), "municipality"]
    panels = [
        FieldPanel("municipality"),
        FieldPanel("name", help_text=_("What the clerk chooses by.")),
        HelpPanel(
            heading=_("Places in a message where the facts of the order are filled in"), content=_places()
        ),
        FieldPanel(
            "body",
            help_text=_("The applicant gets it in their language; an empty language takes the next one."),
        ),
        FieldPanel("code", help_text=_("Short name for this template; do not change it later.")),
        FieldRowPanel([FieldPanel("active"), FieldPanel("sort_order")]),
    ]
