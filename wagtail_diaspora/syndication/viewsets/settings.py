from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.widgets.button import Button

from wagtail_diaspora.municipalities.topics import TopicsInput
from wagtail_diaspora.municipalities.viewsets import MunicipalityViewSet
from wagtail_diaspora.municipalities.viewsets.base import IndexView

from ..models import SyndicationSettings


class SettingsView(IndexView):
    @cached_property
    def header_more_buttons(self) -> list[Any]:
        subscribers = Button(
            _("Subscribers of the feeds"), url=reverse("diaspora_news_subscribers"), icon_name="link"
        )
        return [*super().header_more_buttons, subscribers]


class SyndicationSettingsViewSet(MunicipalityViewSet):
    model = SyndicationSettings
    name = "diaspora_syndication_settings"
    icon = "globe"
    menu_label = _("Settings of syndication")
    add_to_settings_menu = True
    menu_order = 795
    index_view_class = SettingsView
    list_display = ["municipality", "contact_email", "rights"]
    panels = [
        FieldPanel("municipality"),
        MultiFieldPanel(
            [FieldPanel("contact_name"), FieldPanel("contact_email"), FieldPanel("contact_phone")],
            heading=_("Contact for newsrooms"),
        ),
        MultiFieldPanel([FieldPanel("rights"), FieldPanel("rights_url")], heading=_("Rights of use")),
        FieldPanel("topics", widget=TopicsInput),
    ]
