from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from wagtail_diaspora.municipalities.viewsets import MunicipalityViewSet

from ..models import SyndicationSettings


class SyndicationSettingsViewSet(MunicipalityViewSet):
    model = SyndicationSettings
    name = "diaspora_syndication_settings"
    icon = "globe"
    menu_label = _("Settings of syndication")
    add_to_settings_menu = True
    menu_order = 795
    list_display = ["municipality", "contact_email", "rights"]
    panels = [
        FieldPanel("municipality"),
        MultiFieldPanel(
            [FieldPanel("contact_name"), FieldPanel("contact_email"), FieldPanel("contact_phone")],
            heading=_("Contact for newsrooms"),
        ),
        MultiFieldPanel([FieldPanel("rights"), FieldPanel("rights_url")], heading=_("Rights of use")),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
    ]
