"""The page on which a clerk enters an order: its forms, made of what the browser sent and of nothing else.

Nothing is stored before the whole is right, so what was typed travels with each POST. `asked` says for which
documents the questions about the persons were shown: after a change they are shown again first.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.functional import cached_property

from wagtail_diaspora import conf
from wagtail_diaspora.municipalities.models import Municipality

from ...flow import NOT_TOGETHER, Flow
from ...forms.documents import ItemForm
from ...forms.entering import (
    ArrivalForm,
    EnteredApplicantForm,
    EnteredDeliveryForm,
    EnteredItemForm,
    EnteredPersonForm,
    ScansForm,
)
from ...offer import OfferedType


class EntryPage:
    """`data` is what was typed. What `check` names is checked: "begin" the first part, "all" everything."""

    def __init__(
        self, municipality: Municipality, data: Mapping[str, str], files: Any = None, *, check: str = ""
    ):
        self.municipality, self.data, self.files = municipality, data, files
        self.checked = check
        self.flow = Flow(municipality, municipality.registrar_settings, {})

    @cached_property
    def count(self) -> int:
        """How many documents."""
        typed = self.data.get("count", "")
        number = int(typed) if typed.isdecimal() and len(typed) < 4 else 1
        return min(max(number, 1), conf.DRAFT_MAX_ITEMS)

    @property
    def may_grow(self) -> bool:
        return self.count < conf.DRAFT_MAX_ITEMS

    @cached_property
    def arrival(self) -> ArrivalForm:
        return self._form(ArrivalForm, "arrival", check=bool(self.checked))

    @cached_property
    def items(self) -> list[ItemForm]:
        options = {"offer": self.flow.offer, "count": self._most_persons, "check": bool(self.checked)}
        return [self._form(EnteredItemForm, f"item-{number}", **options) for number in range(self.count)]

    @cached_property
    def persons(self) -> dict[int, EnteredPersonForm]:
        """By the number that the documents name."""
        return {
            number: self._form(EnteredPersonForm, f"person-{number}", types=types)
            for number, types in self._types.items()
        }

    @cached_property
    def applicant(self) -> EnteredApplicantForm:
        return self._form(EnteredApplicantForm, "applicant")

    @cached_property
    def delivery(self) -> EnteredDeliveryForm:
        return self._form(EnteredDeliveryForm, "delivery", methods=self.flow.methods)

    @cached_property
    def scans(self) -> ScansForm:
        return self._form(ScansForm, "scans")

    @property
    def first_part(self) -> list[forms.Form]:
        return [self.arrival, *self.items]

    @property
    def all_forms(self) -> list[forms.Form]:
        return [*self.first_part, *self.persons.values(), self.applicant, self.delivery, self.scans]

    @property
    def asked(self) -> str:
        """For which documents the page asks about whom; the browser sends it back."""
        return " ".join(f"{n}:{','.join(kind.code for kind in types)}" for n, types in self._types.items())

    @property
    def is_asked(self) -> bool:
        """Whether the questions that were shown are still the right ones."""
        return bool(self.asked) and self.data.get("asked") == self.asked

    def problems(self) -> Iterator[tuple[forms.BoundField | None, str]]:
        """Each field that is wrong with its sentence; what is wrong with a whole form has no field."""
        for form in self.all_forms if self.checked == "all" else self.first_part:
            if isinstance(form, EnteredPersonForm) and not form.fields["relation"].choices[1:]:
                yield None, NOT_TOGETHER
                continue
            for sentence in form.non_field_errors():
                yield None, sentence
            for field in form:
                for sentence in field.errors:
                    yield field, sentence

    @cached_property
    def _types(self) -> dict[int, list[OfferedType]]:
        found: dict[int, dict[str, OfferedType]] = {}
        for number in range(self.count):
            kind = self.flow.offer.get(self.data.get(f"item-{number}-type", ""))
            person = self._person_of(number)
            if kind and person < self._most_persons:
                found.setdefault(person, {})[kind.code] = kind
        return {person: list(found[person].values()) for person in sorted(found)}

    @cached_property
    def _most_persons(self) -> int:
        """As many as documents, or as were named before one was taken out."""
        named = 1 + max(self._person_of(number) for number in range(self.count))
        return min(max(self.count, named), conf.DRAFT_MAX_ITEMS)

    def _person_of(self, number: int) -> int:
        typed = self.data.get(f"item-{number}-person", "")
        return int(typed) if typed.isdecimal() and len(typed) < 4 else 0

    def _form(self, form_class: Any, prefix: str, *, check: bool | None = None, **options: Any) -> Any:
        if self.checked == "all" if check is None else check:
            return form_class(self.data, self.files, prefix=prefix, **options)
        start = f"{prefix}-"
        typed = {name.removeprefix(start): self.data[name] for name in self.data if name.startswith(start)}
        return form_class(prefix=prefix, initial=typed, **options)
