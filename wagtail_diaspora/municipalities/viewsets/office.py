"""What an office says of itself: name and letterhead, accounts, holidays, closures."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList

from ..models import Account, Closure, Holiday, Municipality
from .base import MunicipalityViewSet
from .columns import YesNoColumn
from .forms import OfficeForm


class OfficeViewSet(MunicipalityViewSet):
    model = Municipality
    name = "diaspora_municipality"
    icon = "site"
    menu_label = _("Municipality and office")
    add_to_settings_menu = True
    menu_order = 800
    list_display = ["__str__", "entity", "site", "email"]
    fixed_for_offices = ("code", "site")
    instead_of_deleting = _("Take its website away instead: nobody can order anything, and orders remain.")
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name", help_text=_("As it stands in letters, in each language.")),
                FieldPanel("kind"),
                FieldPanel("entity", help_text=_("Decides which laws and which other offices apply.")),
                FieldPanel("code", help_text=_("Short name in addresses; only superusers change it.")),
                FieldPanel(
                    "site",
                    help_text=_("The website that serves its citizens; only superusers change it."),
                ),
            ],
            heading=_("Municipality"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("office", help_text=_("Name of the office that keeps the registers.")),
                FieldPanel("address", help_text=_("For the letterhead and the window of the envelope.")),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("signatory", help_text=_("Name and function below a letter.")),
                FieldPanel("office_languages", help_text=_("Citizens see it before they write.")),
                FieldPanel("coat_of_arms", help_text=_("Printed on papers; at least 400 pixels wide.")),
            ],
            heading=_("Registry office"),
        ),
    ]
    edit_handler = ObjectList(panels, base_form_class=OfficeForm)


class AccountViewSet(MunicipalityViewSet):
    model = Account
    name = "diaspora_account"
    icon = "tag"
    menu_label = _("Accounts for payments")
    add_to_settings_menu = True
    menu_order = 810
    list_display = ["number", "use", "recipient", "bank", "municipality"]
    panels = [
        FieldPanel("municipality"),
        FieldPanel("use", help_text=_("Applicants who live abroad see only the accounts for them.")),
        FieldPanel("recipient", help_text=_("As the bank knows it.")),
        FieldPanel("bank"),
        FieldPanel("number"),
        FieldPanel("bic", help_text=_("Banks abroad ask for it.")),
        FieldPanel("currency"),
        MultiFieldPanel(
            [
                FieldPanel("revenue_type"),
                FieldPanel("municipality_code"),
                FieldPanel("budget_organisation"),
            ],
            heading=_("For the payment slip (uplatnica)"),
        ),
    ]


class HolidayViewSet(MunicipalityViewSet):
    model = Holiday
    name = "diaspora_holiday"
    icon = "calendar"
    menu_label = _("Holidays")
    add_to_settings_menu = True
    menu_order = 820
    list_display = ["day", YesNoColumn(Holiday, "yearly"), "__str__", "municipality"]
    panels = [
        FieldPanel("municipality"),
        FieldPanel("day", help_text=_("No time limit counts this day.")),
        FieldPanel("yearly"),
        FieldPanel("name"),
    ]


class ClosureViewSet(MunicipalityViewSet):
    model = Closure
    name = "diaspora_closure"
    icon = "lock"
    menu_label = _("Closed days")
    add_to_settings_menu = True
    menu_order = 830
    list_display = ["first_day", "last_day", YesNoColumn(Closure, "takes_orders"), "deputy", "municipality"]
    panels = [
        FieldPanel("municipality"),
        FieldPanel("first_day"),
        FieldPanel("last_day"),
        FieldPanel("takes_orders", help_text=_("If not, the website says from when it does again.")),
        FieldPanel("reason", help_text=_("Why the office is closed, in each language.")),
        MultiFieldPanel(
            [
                FieldPanel("deputy", help_text=_("Name or office, as citizens read it on the website.")),
                FieldPanel(
                    "deputy_email",
                    help_text=_(
                        "On these days, whatever is announced to the office is announced there, too. "
                        "Citizens do not see it."
                    ),
                ),
            ],
            heading=_("Deputy"),
        ),
    ]


OFFICE = [OfficeViewSet(), AccountViewSet(), HolidayViewSet(), ClosureViewSet()]
