from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.coreutils import get_content_languages

from wagtail_diaspora.citizens import language_name
from wagtail_diaspora.municipalities.topics import TopicsInput
from wagtail_diaspora.municipalities.viewsets import MunicipalityViewSet
from wagtail_diaspora.municipalities.viewsets.base import CreateView, EditView
from wagtail_diaspora.municipalities.viewsets.columns import FieldColumn

from ..actions import partnering
from ..models import Partner


class PartnerForm(WagtailAdminModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages of the news"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: every language in which an item is published."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        codes = [*map(str.lower, get_content_languages()), *self.instance.languages]
        self.fields["languages"].choices = [(code, language_name(code)) for code in dict.fromkeys(codes)]


class PartnerCreateView(CreateView):
    def save_instance(self) -> Partner:
        """The mail that asks to confirm is written with the row."""
        with transaction.atomic():
            partner = super().save_instance()
            partnering.invite(partner, user=self.request.user)
        return partner


class PartnerEditView(EditView):
    def save_instance(self) -> Partner:
        """Another mailbox has to be confirmed by somebody who reads it."""
        with transaction.atomic():
            partner = partnering.choose(self.object, super().save_instance)
            if "email" in self.form.changed_data:
                partnering.ask_again(partner, user=self.request.user)
        return partner


class StepsColumn(Column):
    cell_template_name = "diaspora_syndication/desk/partner_cell.html"


class PartnerViewSet(MunicipalityViewSet):
    model = Partner
    name = "diaspora_partner"
    icon = "group"
    menu_label = _("Media partners")
    add_to_settings_menu = True
    menu_order = 796
    add_view_class = PartnerCreateView
    edit_view_class = PartnerEditView
    list_display = [
        "name",
        FieldColumn(Partner, "state", accessor="get_state_display"),
        FieldColumn(Partner, "way", accessor="get_way_display"),
        StepsColumn("pk", label=_("Links and deliveries")),
        "municipality",
    ]
    list_filter = ["state", "municipality"]
    instead_of_deleting = _("End it instead: nothing is sent any more, and the ledger remains.")
    panels = [
        FieldPanel("municipality"),
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("email", help_text=_("Asked to confirm before anything is sent.")),
                FieldPanel("contact"),
                FieldPanel("takes_embargoed", help_text=_("Only for newsrooms that keep to the hour.")),
            ],
            heading=_("Newsroom"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("way"), FieldPanel("pace"), FieldPanel("daily_limit")]),
                FieldPanel("languages"),
                FieldRowPanel([FieldPanel("script"), FieldPanel("attaches_picture")]),
                FieldPanel("topics", widget=TopicsInput),
            ],
            heading=_("What it gets; the newsroom may change it itself"),
        ),
    ]
    edit_handler = ObjectList(panels, base_form_class=PartnerForm)
