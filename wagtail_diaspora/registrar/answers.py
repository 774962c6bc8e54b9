"""Answers as people read them back: dates with the month in words, names of countries, the JMBG masked."""

from dataclasses import dataclass, field
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from phonenumber_field.phonenumber import PhoneNumber

from wagtail_diaspora import dates
from wagtail_diaspora.countries import country_name

from . import jmbg
from .facts import DATES, FactKind
from .flow import Flow
from .forms.applicant import PURPOSES
from .forms.documents import DOCUMENT_LANGUAGES
from .forms.persons import asked_facts
from .models import Correction
from .models.documents import Relation
from .models.settings import Delivery
from .models.thread import FileKind, OrderFile
from .offer import OfferedFact

APPLICANT_FACTS = {
    "forenames": gettext_lazy("Forenames"),
    "family_name": gettext_lazy("Family name"),
    "country": gettext_lazy("Country"),
    "purpose": gettext_lazy("Purpose"),
    "purpose_text": gettext_lazy("More about it"),
}


@dataclass(frozen=True)
class Section:
    """`step` and `number` are where its answers are changed."""

    title: Any
    step: str
    number: int | None = None
    rows: list[tuple[Any, str]] = field(default_factory=list)


def answers_of(flow: Flow, files: list) -> list[Section]:
    return [
        *(_person_section(flow, number) for number in range(len(flow.persons))),
        Section(_("About you"), "you", rows=applicant_rows(flow.answers["applicant"])),
        Section(_("Delivery"), "delivery", rows=delivery_rows(**flow.answers["delivery"])),
        Section(_("Papers"), "identity", rows=file_rows(files)),
    ]


def person_rows(
    person_facts: dict, types: list, relation: str, *, whole: bool = False
) -> list[tuple[Any, str]]:
    rows = fact_rows(person_facts, types, whole=whole)
    return [*rows, (_("Applicant’s relation to the person"), Relation(relation).label)]


def fact_rows(person_facts: dict, types: list, *, whole: bool = False) -> list[tuple[Any, str]]:
    """What is known of what these documents ask. `whole` shows the JMBG to the clerk who compares it."""
    return [
        (fact.question, shown(fact, person_facts[fact.code], whole=whole))
        for fact in asked_facts(types)
        if person_facts.get(fact.code)
    ]


def applicant_rows(applicant: dict) -> list[tuple[Any, str]]:
    phone = applicant.get("phone")
    rows = [
        (
            pgettext("diaspora", "Name"),
            f"{applicant.get('forenames', '')} {applicant.get('family_name', '')}".strip(),
        ),
        (APPLICANT_FACTS["country"], _own("country", applicant.get("country", ""))),
        (_("E-mail address"), applicant.get("email", "")),
        (_("Telephone"), PhoneNumber.from_string(phone).as_international if phone else ""),
        (APPLICANT_FACTS["purpose"], _own("purpose", applicant.get("purpose", ""))),
        (APPLICANT_FACTS["purpose_text"], applicant.get("purpose_text", "")),
    ]
    return [(label, value) for label, value in rows if value]


def delivery_rows(method: str, **address: str) -> list[tuple[Any, str]]:
    lines = [address.get("name", ""), *address.get("lines", "").splitlines()]
    lines += [f"{address.get('postcode', '')} {address.get('city', '')}".strip()]
    lines += [country_name(address.get("country", ""))]
    rows = [(_("Way"), Delivery(method).label), (_("Address"), "\n".join(filter(None, lines)))]
    return [(label, value) for label, value in rows if value]


def file_rows(files: list) -> list[tuple[Any, str]]:
    """Without their names, which whoever resumes the draft need not see."""
    return [(FileKind(file.kind).label, _size_and_time(file)) for file in files]


def correction_rows(correction: Correction, types: list) -> list[tuple[Any, str, str]]:
    """Label, old and new value, for the clerk; `types` are the documents that ask these facts."""
    before, after = correction.before, correction.after
    if correction.what == Correction.What.ADDRESS:
        old, new = (delivery_rows(Delivery.POST, **address)[-1] for address in (before, after))
        return [(old[0], old[1], new[1])]
    if correction.what == Correction.What.APPLICANT:
        return [(APPLICANT_FACTS[code], _own(code, before[code]), _own(code, after[code])) for code in after]
    if correction.what == Correction.What.PERSON:
        asked = {fact.code: fact for fact in asked_facts(types)}
        return [_corrected(code, asked.get(code), before, after) for code in after]
    (name,) = after
    return [(correction.get_what_display(), before[name], after[name])]


def _own(code: str, value: str) -> str:
    """One answer about the applicant."""
    if code == "country":
        return country_name(value)
    return dict(PURPOSES).get(value, value) if code == "purpose" else value


def _corrected(code: str, fact: OfferedFact | None, *sides: dict) -> tuple[Any, str, str]:
    """What no document asks any more is shown as it was written."""
    said = (side.get(code, "") for side in sides)
    return (fact.question, *(shown(fact, text, whole=True) for text in said)) if fact else (code, *said)


def document_language(code: str) -> Any:
    return dict(DOCUMENT_LANGUAGES).get(code, code)


def shown(fact: OfferedFact, value: str, *, whole: bool = False) -> str:
    """A stored fact as text; the JMBG only with `whole`."""
    if fact.kind in DATES:
        return _date(value)
    if fact.kind == FactKind.JMBG:
        return value if whole else jmbg.masked(value)
    return dict(fact.choices).get(value, value)


def _date(value: str) -> str:
    """What was stored before the office made the question one for a date is shown as it is."""
    try:
        return dates.in_words(dates.parse_partial(value))
    except dates.DateError:
        return value


def _person_section(flow: Flow, number: int) -> Section:
    person = flow.persons[number]
    rows = person_rows(person["facts"], flow.types_for(number), person["relation"])
    return Section(flow.person_names[number], "person", number, rows)


def _size_and_time(file: OrderFile) -> str:
    at = timezone.localtime(file.created_at)
    return f"{filesizeformat(file.file.size)} · {dates.in_words(at.date())}, {time_format(at)}"
