"""What an office offers, as plain values: one query for the version, none when it is known already.

Public API: `Offer`, `offer_of`, `as_offered`. Each process keeps an office's offer by its version, which
is another after every change of what belongs to it, and for a minute at most.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from wagtail_diaspora.keeping import this_minute
from wagtail_diaspora.municipalities.calendar import Calendar, calendar_of
from wagtail_diaspora.words import say

from .facts import HINTS, KNOWN, Answer, FactKind, Sex
from .models import DocumentFact, DocumentType, RegistrarSettings
from .models.documents import lines_of
from .states import PaymentPolicy


@dataclass(frozen=True, eq=False)
class OfferedFact:
    code: str
    kind: str
    label: dict
    hint: dict
    options: dict
    required: bool

    @property
    def question(self) -> str:
        """In the active language, as everything below."""
        known = KNOWN.get(self.code)
        return say(self.label) or (str(known.label) if known else self.code)

    @property
    def help(self) -> str:
        known = KNOWN.get(self.code)
        return say(self.hint) or str((known and known.hint) or HINTS.get(self.kind, ""))

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What is stored, and how it reads. Of choices of the office, their first wording is stored."""
        if self.kind == FactKind.SEX:
            return [(value, str(label)) for value, label in Sex.choices]
        if self.kind == FactKind.YES_NO:
            return [(value, str(label)) for value, label in Answer.choices]
        written = [lines_of(text) for text in self.options.values() if text]
        said = lines_of(say(self.options))
        return list(zip(written[0], said, strict=False)) if written else []


@dataclass(frozen=True, eq=False)
class OfferedRelation:
    relation: str
    paper: dict
    paper_required: bool


@dataclass(frozen=True, eq=False)
class OfferedType:
    pk: int
    code: str
    name: dict
    summary: dict
    legal_basis: dict
    register: str
    edition: str
    fee_minor: int
    working_days: int
    facts: tuple[OfferedFact, ...]
    relations: tuple[OfferedRelation, ...]

    def paper_for(self, relation: str) -> OfferedRelation | None:
        return next((r for r in self.relations if r.relation == relation), None)


@dataclass(frozen=True, eq=False)
class Offer:
    types: tuple[OfferedType, ...]
    calendar: Calendar

    @cached_property
    def fingerprint(self) -> str:
        """Of the documents and all that they ask: another after any change, the same in every process."""
        return hashlib.sha256(repr(self.types).encode()).hexdigest()

    def due_on(self, types: Iterable[OfferedType], *, received: date) -> date:
        """The last working day for the slowest document of an order received on that day."""
        return self.calendar.add_working_days(received, max(kind.working_days for kind in types))

    def closure(self, day: date) -> dict[str, Any]:
        """For templates: the closure of that day, from when orders are taken again, and worked on."""
        opens_on = None if self.calendar.takes_orders(day) else self.calendar.takes_orders_from(day)
        closed = self.calendar.closed_on(day)
        works_from = self.calendar.add_working_days(day, 0) if closed and not opens_on else None
        return {"closed": closed, "opens_on": opens_on, "works_from": works_from}

    def get(self, code: str) -> OfferedType | None:
        return next((kind for kind in self.types if kind.code == code), None)


def offer_of(settings: RegistrarSettings) -> Offer:
    free = settings.payment_policy == PaymentPolicy.FREE
    return _load(settings.municipality_id, settings.offer_version, this_minute(), free)


@lru_cache(maxsize=256)
def _load(municipality_id: int, version: int, minute: int, free: bool) -> Offer:
    types = [as_offered(row) for row in DocumentType.objects.offered_by(municipality_id)]
    if free:
        types = [replace(kind, fee_minor=0) for kind in types]
    return Offer(types=tuple(types), calendar=calendar_of(municipality_id))


def as_fact(row: DocumentFact) -> OfferedFact:
    return OfferedFact(row.code, row.kind, row.label, row.hint, row.options, row.required)


def as_offered(row: DocumentType) -> OfferedType:
    copied = (
        "pk",
        "code",
        "name",
        "summary",
        "legal_basis",
        "register",
        "edition",
        "fee_minor",
        "working_days",
    )
    return OfferedType(
        **{name: getattr(row, name) for name in copied},
        facts=tuple(as_fact(f) for f in row.facts.all()),
        relations=tuple(OfferedRelation(r.relation, r.paper, r.paper_required) for r in row.relations.all()),
    )
