"""What an applicant may correct after sending: fields of the steps, without what decides other things."""

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumbers import SUPPORTED_REGIONS

from ..models.documents import Relation
from ..models.settings import Delivery
from .applicant import PURPOSES, ApplicantForm, DeliveryForm
from .controls import CitizenForm
from .persons import PersonForm


class PhoneForm(CitizenForm):
    """`country` is where the applicant lives, by which a number is read as it is dialled there."""

    def __init__(self, *args: Any, country: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        phone = self.fields["phone"] = deepcopy(ApplicantForm.base_fields["phone"])
        phone.region = country if country in SUPPORTED_REGIONS else None

    def answer(self) -> str:
        phone = self.cleaned_data["phone"]
        return phone.as_e164 if phone else ""


class CorrectedApplicantForm(CitizenForm):
    """Who asks, from where and for what. What was not `known` before may stay empty."""

    ASKED = ("forenames", "family_name", "country", "purpose", "purpose_text")

    def __init__(self, *args: Any, known: dict[str, str], **kwargs: Any):
        super().__init__(*args, initial=known, **kwargs)
        for name in self.ASKED:
            field = self.fields[name] = deepcopy(ApplicantForm.base_fields[name])
            field.required = field.required and bool(known.get(name))
        self.fields["purpose"].choices = [("", "—"), *PURPOSES]

    def answer(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.ASKED}


class EmailForm(CitizenForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"] = deepcopy(ApplicantForm.base_fields["email"])
        self.fields["email"].label = _("Your new e-mail address")

    def answer(self) -> str:
        return self.cleaned_data["email"]


class AddressForm(DeliveryForm):
    """The way of delivery stays; only the address changes."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, methods=[Delivery.POST], **kwargs)
        self.fields["method"].widget = forms.HiddenInput()

    def answer(self) -> dict[str, str]:
        return {name: value for name, value in super().answer().items() if name != "method"}


class CorrectedPersonForm(PersonForm):
    """The relation stays, since papers were asked for because of it."""

    def __init__(self, *args: Any, answer: dict, **kwargs: Any):
        super().__init__(*args, answer=answer, **kwargs)
        relation = self.fields["relation"]
        relation.widget = forms.HiddenInput()
        relation.choices = [(answer["relation"], Relation(answer["relation"]).label)]
        self.known = answer["facts"]

    def all_facts(self) -> dict[str, str]:
        """What was known before and is not asked now stays."""
        kept = {code: value for code, value in self.known.items() if code not in self.fields}
        return kept | self.answer()["facts"]
