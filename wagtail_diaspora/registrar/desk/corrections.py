"""The applicant's own forms of correction as a clerk fills them in, who was told by letter or telephone."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import PhoneNumber

from ..forms import corrections
from ..forms.entering import NAMES, EnteredApplicantForm
from ..models import Order, Person
from ..offer import as_offered
from .forms import StepForm


class PhoneForm(StepForm, corrections.PhoneForm):
    compares = True

    def __init__(self, *args: Any, order: Order, **options: Any):
        known, country = (order.applicant.get(name, "") for name in ("phone", "country"))
        initial = {"phone": PhoneNumber.from_string(known) if known else ""}
        super().__init__(*args, order=order, country=country, initial=initial, **options)

    def prepare(self) -> None:
        phone = self.fields["phone"]
        phone.label, phone.help_text = EnteredApplicantForm.WORDS["phone"]
        phone.widget.attrs["autocomplete"] = "off"

    def facts(self) -> dict[str, Any]:
        return {"phone": self.answer()}


class ApplicantForm(StepForm, corrections.CorrectedApplicantForm):
    """Only the names are required, as when the order is entered."""

    compares = True

    def __init__(self, *args: Any, order: Order, **options: Any):
        super().__init__(*args, order=order, known=order.applicant, **options)

    def prepare(self) -> None:
        for name in self.ASKED:
            field = self.fields[name]
            field.label, _hint = EnteredApplicantForm.WORDS[name]
            field.required = name in NAMES
            field.widget.attrs["autocomplete"] = "off"

    def facts(self) -> dict[str, Any]:
        return {"facts": self.answer()}


class AddressForm(StepForm, corrections.AddressForm):
    compares = True
    needed_by_post = ("name", "lines", "city")

    def __init__(self, *args: Any, order: Order, **options: Any):
        super().__init__(*args, order=order, initial=order.address, **options)

    def prepare(self) -> None:
        self.fields["country"].help_text = _("Empty: within Bosnia and Herzegovina.")
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def facts(self) -> dict[str, Any]:
        return {"address": {name: text for name, text in self.answer().items() if name != "version"}}


class PersonForm(StepForm, corrections.CorrectedPersonForm):
    """Only names are required, as when the order is entered."""

    compares = True

    def __init__(self, *args: Any, order: Order, person: Person, **options: Any):
        self.person = person
        items = order.items.filter(person=person).select_related("document_type")
        rows = items.prefetch_related("document_type__facts", "document_type__relations")
        kinds = {item.document_type_id: as_offered(item.document_type) for item in rows}
        answer = {"relation": person.relation, "facts": person.facts}
        super().__init__(*args, order=order, types=list(kinds.values()), answer=answer, **options)

    def prepare(self) -> None:
        for name, field in self.fields.items():
            field.required = field.required and name in (*NAMES, "relation", "version")

    def facts(self) -> dict[str, Any]:
        known = {code: text for code, text in self.all_facts().items() if code != "version"}
        return {"person": self.person.pk, "facts": known}
