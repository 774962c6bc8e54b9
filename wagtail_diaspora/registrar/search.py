"""Finding orders by what is encrypted in them: one keyed digest for each word, number and address.

Public API: `index`, `reindex`, `digests_for`, `same_persons`. Partial names cannot be found, and the screen
says so.
"""

from collections.abc import Iterable

import phonenumbers
from django.db import models
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.scripts import fold_words
from wagtail_diaspora.statements import insert
from wagtail_diaspora.vault import crypto

from . import jmbg
from .models import Order, Person, SearchDigest

PERSON = "person"
"""Whole name with date of birth: by this the same person in another order is told, never searched for."""
NAME_FACTS = (
    "family_name",
    "forenames",
    "former_names",
    "surname_before_marriage",
    "spouse_family_name",
    "spouse_forenames",
    "spouse_surname_before_marriage",
)


class Kind(models.TextChoices):
    NAME = "name", pgettext_lazy("search", "Name")
    JMBG = "jmbg", pgettext_lazy("search", "JMBG")
    EMAIL = "email", pgettext_lazy("search", "E-mail address")
    PHONE = "phone", pgettext_lazy("search", "Telephone")


def index(order: Order, persons: Iterable[Person]) -> None:
    """Write the digests of a new order, in one statement."""
    _write(order, _digests(order, persons))


def reindex(order: Order) -> None:
    """Write the digests of an order again where they are not those of the sealing key."""
    wanted = _digests(order, order.persons.all())
    stored = order.digests.values_list("kind", "digest")
    if wanted != {(kind, bytes(digest)) for kind, digest in stored}:
        order.digests.all().delete()
        _write(order, wanted)


def same_persons(order: Order, *, limit: int) -> list[Order]:
    """Other open orders of the office about somebody of this order, the newest first."""
    kinds = (PERSON, Kind.JMBG)
    own = list(order.digests.filter(kind__in=kinds).values_list("kind", "digest"))
    if not own:
        return []
    same = models.Q(*(models.Q(kind=kind, digest=bytes(digest)) for kind, digest in own), _connector="OR")
    found = SearchDigest.objects.filter(same, municipality=order.municipality_id).exclude(order=order)
    others = Order.objects.open().filter(pk__in=found.values("order"))
    return list(others.order_by("-submitted_at")[:limit])


def digests_for(kind: str, typed: str) -> list[list[bytes]]:
    """For each word that was typed, the digests that it may have (one for each key in the ring)."""
    return [crypto.digests(kind, value) for value in _values(kind, typed)]


def _write(order: Order, digests: set[tuple[str, bytes]]) -> None:
    insert(
        [
            SearchDigest(municipality_id=order.municipality_id, order_id=order.pk, kind=kind, digest=digest)
            for kind, digest in sorted(digests)
        ]
    )


def _digests(order: Order, persons: Iterable[Person]) -> set[tuple[str, bytes]]:
    return {(str(kind), crypto.digest(kind, value)) for kind, value in _terms(order, persons) if value}


def _terms(order: Order, persons: Iterable[Person]) -> Iterable[tuple[str, str]]:
    applicant = order.applicant
    names = [applicant.get("family_name", ""), applicant.get("forenames", "")]
    for person in persons:
        names += [person.facts.get(code, "") for code in NAME_FACTS]
        yield from ((Kind.JMBG, number) for number in jmbg.in_facts(person.facts).values())
        yield PERSON, _person_term(person.facts)
    for name in filter(None, names):
        yield from ((Kind.NAME, word) for word in fold_words(name))
    yield from ((Kind.EMAIL, value) for value in _values(Kind.EMAIL, order.email))
    yield from ((Kind.PHONE, value) for value in _phone_forms(applicant.get("phone", "")))


def _person_term(facts: dict) -> str:
    """Nothing without a name and a date of birth."""
    words = sorted(fold_words(f"{facts.get('forenames', '')} {facts.get('family_name', '')}"))
    born = facts.get("date_of_birth", "")
    return f"{' '.join(words)} {born}" if words and born else ""


def _values(kind: str, typed: str) -> list[str]:
    if kind == Kind.NAME:
        return fold_words(typed)
    if kind == Kind.EMAIL:
        return [typed.strip().casefold()] if typed.strip() else []
    if kind == Kind.PHONE:
        return _dialled(typed)
    digits = _digits_of(typed)
    return [digits] if digits else []


def _phone_forms(stored: str) -> set[str]:
    """As it is dialled from abroad, and at home with and without what is dialled first."""
    try:
        number = phonenumbers.parse(stored)
    except phonenumbers.NumberParseException:
        return set(_dialled(stored))
    short = phonenumbers.national_significant_number(number)
    at_home = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return {digits for form in (stored, short, at_home) for digits in _dialled(form)}


def _dialled(phone: str) -> list[str]:
    """Its digits without leading zeros, by which 0711 and 00 49 711 differ from country to country."""
    digits = _digits_of(phone.replace("(0)", "")).lstrip("0")
    return [digits] if digits else []


def _digits_of(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
