from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .controls import CitizenForm


class DeclareForm(CitizenForm):
    """The declaration under which an order is sent, at the terms that were shown with it."""

    agreed = forms.CharField(required=False, widget=forms.HiddenInput)
    declared = forms.BooleanField(
        label=_("I declare that what I wrote is true and that I may ask for these documents."),
        error_messages={"required": _("The office may only begin when you declare this.")},
    )
    privacy = forms.BooleanField(
        label=_("I have read how the office uses my personal data."),
        error_messages={"required": _("Please read how your data are used, and tick this.")},
    )

    def __init__(self, *args: Any, terms: str = "", **kwargs: Any):
        super().__init__(*args, initial={"agreed": terms}, **kwargs)

    def clean(self) -> dict:
        cleaned, terms = super().clean(), self.initial["agreed"]
        if cleaned.get("agreed") and cleaned["agreed"] != terms:
            self.data = {**dict(self.data.items()), self.add_prefix("agreed"): terms}
            raise ValidationError(
                _("Meanwhile the price, the way of payment or the day has changed. Look at it, then send it.")
            )
        return cleaned
