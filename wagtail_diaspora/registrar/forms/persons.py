"""The questions about a person, made from the facts that a document type asks."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora import dates
from wagtail_diaspora.words import say

from .. import jmbg
from ..facts import FactKind
from ..models.documents import Relation
from ..offer import OfferedFact, OfferedType
from .controls import CitizenForm, with_note
from .fields import CleanCharField, JMBGField, LinesField, NameField, PlaceField

OLDEST = date(1850, 1, 1)
BORN = "date_of_birth"
LATER = {
    "date_of_marriage": _("The marriage lies before the date of birth."),
    "date_of_death": _("The death lies before the date of birth."),
}
PAST = (BORN, "spouse_date_of_birth", *LATER)
QUESTIONED = ("jmbg", "sex", BORN, *LATER)
MOST_RADIOS = 6
APPLICANT_IS = {
    Relation.SELF: pgettext_lazy("relation", "It is about me"),
    Relation.PARENT: pgettext_lazy("relation", "I am the parent"),
    Relation.CHILD: pgettext_lazy("relation", "I am the child, also adopted or a stepchild"),
    Relation.SPOUSE: pgettext_lazy("relation", "I am the spouse or partner"),
    Relation.SIBLING: pgettext_lazy("relation", "I am the brother or sister"),
    Relation.GRANDPARENT: pgettext_lazy("relation", "I am the grandparent"),
    Relation.GRANDCHILD: pgettext_lazy("relation", "I am the grandchild"),
    Relation.ADOPTER: pgettext_lazy("relation", "I am the adoptive parent"),
    Relation.GUARDIAN: pgettext_lazy("relation", "I am the guardian"),
    Relation.PROXY: pgettext_lazy("relation", "I have a power of attorney"),
}


def _choice(choices: list[tuple[str, str]] = (), **options: Any) -> forms.Field:
    if len(choices) > MOST_RADIOS:
        return forms.ChoiceField(choices=[("", "—"), *choices], **options)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)


def _number(**options: Any) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "diaspora-short"})
    return forms.IntegerField(min_value=0, max_value=10**9, widget=widget, **options)


FIELDS = {
    FactKind.TEXT: lambda **options: CleanCharField(max_length=300, **options),
    FactKind.LINES: lambda **options: LinesField(
        max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), **options
    ),
    FactKind.NAME: NameField,
    FactKind.PLACE: PlaceField,
    FactKind.DATE: dates.DateField,
    FactKind.PARTIAL_DATE: dates.PartialDateField,
    FactKind.NUMBER: _number,
    FactKind.YES_NO: _choice,
    FactKind.CHOICE: _choice,
    FactKind.SEX: _choice,
    FactKind.JMBG: JMBGField,
}
CHOSEN = (FactKind.YES_NO, FactKind.CHOICE, FactKind.SEX)


class PersonForm(CitizenForm):
    """About the person in the record. What disagrees is questioned once, never refused.

    `doubts_seen` comes back with the digest of what was questioned: other facts are questioned again.
    """

    relation = forms.ChoiceField(label=_("What are you to this person?"), widget=forms.RadioSelect)
    doubts_seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, types: list[OfferedType], answer: dict | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["relation"].choices, asked = _questions(tuple(types), get_language())
        self.fields |= deepcopy(asked)
        if answer:
            self._fill_in(answer)

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in PAST:
            if (day := _day(cleaned, name)) and not _is_past(day):
                self.add_error(name, _("Check the date: it lies in the future or too far back."))
        self._question(cleaned)
        return cleaned

    def _question(self, cleaned: dict) -> None:
        doubts = self._doubts(cleaned)
        questioned = digest_of({name: _storable(value) for name, value in cleaned.items() if value})
        if doubts and not self.errors and cleaned.get("doubts_seen") != questioned:
            self.data = {**dict(self.data.items()), self.add_prefix("doubts_seen"): questioned}
            raise ValidationError(doubts, code="doubt")

    def _doubts(self, cleaned: dict) -> list:
        number, born = cleaned.get("jmbg"), _day(cleaned, BORN)
        found = jmbg.doubts(number, born=born, sex=cleaned.get("sex") or None) if number else []
        days = {name: _day(cleaned, name) for name in LATER} if born else {}
        early = [name for name, day in days.items() if day and dates.last_day(day) < dates.first_day(born)]
        return [*found, *(LATER[name] for name in early)]

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


@lru_cache(maxsize=128)
def _questions(types: tuple[OfferedType, ...], language: str) -> tuple[list, dict[str, forms.Field]]:
    """Who may ask for these documents, and what they ask together, as long as just these are offered."""
    relations = [(one, _relation(one, types)) for one in common_relations(types)]
    return relations, {fact.code: _field_for(fact) for fact in asked_facts(types)}


def digest_of(known: dict) -> str:
    """Keyed, of the stored facts that may disagree with each other."""
    questioned = "|".join(known.get(code, "") for code in QUESTIONED)
    return salted_hmac("diaspora_registrar.doubts", questioned, algorithm="sha256").hexdigest()


def common_relations(types: Sequence[OfferedType]) -> list[str]:
    """Who may ask for all of these documents, in the order of the first."""
    allowed = [[r.relation for r in kind.relations] for kind in types]
    return [r for r in allowed[0] if all(r in others for others in allowed)] if allowed else []


def asked_facts(types: Sequence[OfferedType]) -> list[OfferedFact]:
    """Each fact once, as the strictest of the documents asks it."""
    merged: dict[str, OfferedFact] = {}
    for fact in (fact for kind in types for fact in kind.facts):
        merged[fact.code] = _stricter(merged.get(fact.code, fact), fact)
    return list(merged.values())


def _stricter(first: OfferedFact, second: OfferedFact) -> OfferedFact:
    """In the words of the first, unless only the second asks for the whole date."""
    whole = second if (first.kind, second.kind) == (FactKind.PARTIAL_DATE, FactKind.DATE) else first
    return replace(whole, required=first.required or second.required)


def _relation(relation: str, types: Sequence[OfferedType]) -> Any:
    """With the paper that the office will ask for, so that nobody learns of it only at the end."""
    papers = [kind.paper_for(relation).paper for kind in types]
    paper = next((said for said in map(say, papers) if said), "")
    return with_note(APPLICANT_IS[relation], paper) if paper else APPLICANT_IS[relation]


def _field_for(fact: OfferedFact) -> forms.Field:
    options = {"label": fact.question, "help_text": fact.help, "required": fact.required}
    if fact.kind in CHOSEN:
        options["choices"] = fact.choices
    return FIELDS[fact.kind](**options)


def _day(cleaned: dict, name: str) -> date | dates.PartialDate | None:
    """None where the office asks for something else under this name."""
    value = cleaned.get(name)
    return value if isinstance(value, (date, dates.PartialDate)) else None


def _is_past(day: date | dates.PartialDate) -> bool:
    return dates.last_day(day) >= OLDEST and dates.first_day(day) <= timezone.localdate()


def _storable(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
