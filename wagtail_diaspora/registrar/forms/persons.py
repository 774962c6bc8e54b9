"""The questions about a person, made from the facts that a document type asks."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import salted_hmac
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
QUESTIONED = ("jmbg", "date_of_birth", "sex")
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
    """About the person in the record. What disagrees is questioned once, never refused.

    `doubts_seen` comes back with the digest of what was questioned: other facts are questioned again.
    """

    relation = forms.ChoiceField(label=_("What are you to this person?"), widget=forms.RadioSelect)
    doubts_seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, types: list[OfferedType], answer: dict | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["relation"].choices = [(value, APPLICANT_IS[value]) for value in common_relations(types)]
        for fact in asked_facts(types):
            self.fields[fact.code] = _field_for(fact)
        if answer:
            self._fill_in(answer)

    def clean(self) -> dict:
        cleaned = super().clean()
        born = cleaned.get("date_of_birth")
        if isinstance(born, date) and not OLDEST <= born <= timezone.localdate():
            self.add_error("date_of_birth", _("Check the date: it lies in the future or too far back."))
        self._question(cleaned)
        return cleaned

    def _question(self, cleaned: dict) -> None:
        doubts = self._doubts(cleaned)
        questioned = digest_of({name: _storable(value) for name, value in cleaned.items() if value})
        if doubts and not self.errors and cleaned.get("doubts_seen") != questioned:
            self.data = {**dict(self.data.items()), self.add_prefix("doubts_seen"): questioned}
            raise ValidationError(doubts, code="doubt")

    def _doubts(self, cleaned: dict) -> list:
        number, born = cleaned.get("jmbg"), cleaned.get("date_of_birth")
        if not number:
            return []
        born = born if isinstance(born, date) else None
        return jmbg.doubts(number, born=born, sex=cleaned.get("sex") or None)

    def _fill_in(self, answer: dict) -> None:
        """With an earlier answer, whose doubts were seen; a JMBG is shown masked."""
        known = answer["facts"]
        self.initial |= {"relation": answer["relation"], "doubts_seen": digest_of(known), **known}
        for code, field in self.fields.items():
            if isinstance(field, JMBGField) and known.get(code):
                field.kept, self.initial[code] = known[code], jmbg.masked(known[code])

    def answer(self) -> dict:
        """`{"relation": …, "facts": {code: text}}`, dates as ISO."""
        values = {
            name: _storable(value)
            for name, value in self.cleaned_data.items()
            if name not in ("relation", "doubts_seen") and value not in (None, "")
        }
        return {"relation": self.cleaned_data["relation"], "facts": values}


def digest_of(known: dict) -> str:
    """Keyed, of the stored facts that may disagree with each other."""
    questioned = "|".join(known.get(code, "") for code in QUESTIONED)
    return salted_hmac("diaspora_registrar.doubts", questioned, algorithm="sha256").hexdigest()


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
