"""The questions about a person, made from the facts that a document type asks."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora import dates
from wagtail_diaspora.words import say

from .. import facts, jmbg
from ..facts import FactKind, Sex
from ..models.documents import Relation
from ..offer import OfferedFact, OfferedType
from .controls import CitizenForm
from .fields import CleanCharField, JMBGField, NameField, PlaceField

OLDEST = date(1850, 1, 1)
APPLICANT_IS = {
    Relation.SELF: pgettext_lazy("relation", "It is about me"),
    Relation.PARENT: pgettext_lazy("relation", "I am the parent"),
    Relation.CHILD: pgettext_lazy("relation", "I am the child"),
    Relation.SPOUSE: pgettext_lazy("relation", "I am the spouse or partner"),
    Relation.SIBLING: pgettext_lazy("relation", "I am the brother or sister"),
    Relation.GRANDPARENT: pgettext_lazy("relation", "I am the grandparent"),
    Relation.GRANDCHILD: pgettext_lazy("relation", "I am the grandchild"),
    Relation.ADOPTER: pgettext_lazy("relation", "I am the adoptive parent"),
    Relation.GUARDIAN: pgettext_lazy("relation", "I am the guardian"),
    Relation.PROXY: pgettext_lazy("relation", "I have a power of attorney"),
}


def _date_field(**options: Any) -> forms.Field:
    return dates.DateField(**options)


def _sex_field(**options: Any) -> forms.Field:
    return forms.ChoiceField(choices=Sex.choices, widget=forms.RadioSelect, **options)


FIELDS = {
    FactKind.TEXT: lambda **options: CleanCharField(max_length=300, **options),
    FactKind.NAME: NameField,
    FactKind.PLACE: PlaceField,
    FactKind.DATE: _date_field,
    FactKind.PARTIAL_DATE: dates.PartialDateField,
    FactKind.SEX: _sex_field,
    FactKind.JMBG: JMBGField,
}


class PersonForm(CitizenForm):
    """About the person in the record. What disagrees is questioned once, never refused."""

    relation = forms.ChoiceField(label=_("What are you to this person?"), widget=forms.RadioSelect)
    doubts_seen = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, types: list[OfferedType], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.doubts: list = []
        self.fields["relation"].choices = [(value, APPLICANT_IS[value]) for value in common_relations(types)]
        for fact in asked_facts(types):
            self.fields[fact.code] = _field_for(fact)

    def clean(self) -> dict:
        cleaned = super().clean()
        born = cleaned.get("date_of_birth")
        if isinstance(born, date) and not OLDEST <= born <= timezone.localdate():
            self.add_error("date_of_birth", _("Check the date: it lies in the future or too far back."))
        self.doubts = self._doubts(cleaned, born)
        if self.doubts and not cleaned.get("doubts_seen") and not self.errors:
            self.data = {**dict(self.data.items()), self.add_prefix("doubts_seen"): "on"}
            raise ValidationError(self.doubts, code="doubt")
        return cleaned

    def _doubts(self, cleaned: dict, born: Any) -> list:
        number = cleaned.get("jmbg")
        if not number:
            return []
        born = born if isinstance(born, date) else None
        return jmbg.doubts(number, born=born, sex=cleaned.get("sex") or None)

    def answer(self) -> dict:
        """`{"relation": …, "facts": {code: text}}`, dates as ISO."""
        values = {
            name: _storable(value)
            for name, value in self.cleaned_data.items()
            if name not in ("relation", "doubts_seen") and value not in (None, "")
        }
        return {"relation": self.cleaned_data["relation"], "facts": values}


def person_form(
    types: list[OfferedType], *args: Any, answer: dict | None = None, **kwargs: Any
) -> PersonForm:
    """The form, filled with an earlier answer."""
    if answer:
        kwargs["initial"] = {"relation": answer["relation"], **answer["facts"]}
    return PersonForm(*args, types=types, **kwargs)


def common_relations(types: list[OfferedType]) -> list[str]:
    """Who may ask for all of these documents, in the order of the first."""
    allowed = [[r.relation for r in kind.relations] for kind in types]
    return [r for r in allowed[0] if all(r in others for others in allowed)] if allowed else []


def asked_facts(types: list[OfferedType]) -> list[OfferedFact]:
    """Each fact once; it is required when any of the documents requires it."""
    merged: dict[str, OfferedFact] = {}
    for fact in (fact for kind in types for fact in kind.facts):
        if fact.code not in merged or (fact.required and not merged[fact.code].required):
            merged[fact.code] = fact
    return list(merged.values())


def _field_for(fact: OfferedFact) -> forms.Field:
    known = facts.KNOWN.get(fact.code)
    label = say(fact.label, get_language()) or (known.label if known else fact.code)
    hint = say(fact.hint, get_language()) or (known.hint if known else "")
    return FIELDS[fact.kind](label=label, help_text=hint, required=fact.required)


def _storable(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
