from django import forms
from django.utils.translation import gettext_lazy as _

from .controls import CitizenForm


class DeclareForm(CitizenForm):
    """The declaration under which an order is sent."""

    declared = forms.BooleanField(
        label=_("I declare that what I wrote is true and that I may ask for these documents."),
        error_messages={"required": _("The office may only begin when you declare this.")},
    )
    privacy = forms.BooleanField(
        label=_("I have read how the office uses my personal data."),
        error_messages={"required": _("Please read how your data are used, and tick this.")},
    )
