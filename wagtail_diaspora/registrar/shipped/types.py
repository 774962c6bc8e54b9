"""The document types of the type model: extracts and certificates, with what each asks of whom."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..facts import FactKind
from ..models.documents import Edition, Register
from . import boxes as forms
from . import relations as who


@dataclass(frozen=True)
class Asked:
    """A known fact, of its own kind and with its own hint unless said otherwise."""

    code: str
    required: bool = True
    kind: str = ""
    hint: Any = ""


def _maybe(*codes: str) -> tuple[Asked, ...]:
    return tuple(Asked(code, required=False) for code in codes)


def _about(code: str, *, required: bool = False) -> Asked:
    """A date of which people may know the year alone."""
    return Asked(code, required=required, kind=FactKind.PARTIAL_DATE)


@dataclass(frozen=True)
class ShippedType:
    code: str
    register: str
    name: Any
    summary: Any
    facts: tuple[Asked, ...]
    relations: who.Relations
    edition: str = Edition.NATIONAL
    blank: str = ""
    boxes: tuple[forms.Box, ...] = ()
    by_law_on_registers: bool = True
    active: bool = True


NAMES = (Asked("family_name"), Asked("forenames"))
PARENTS = _maybe("father_name", "mother_name")
BORN = (Asked("date_of_birth"), Asked("place_of_birth"))
SPOUSE = (Asked("spouse_family_name"), Asked("spouse_forenames"), *_maybe("spouse_surname_before_marriage"))
SEX, JMBG, FORMER = Asked("sex"), *_maybe("jmbg", "former_names")

OF_BIRTH = (*NAMES, FORMER, SEX, *BORN, *PARENTS, *_maybe("mother_birth_surname"), JMBG)
OF_MARRIAGE = (
    Asked("family_name", hint=_("Of one of the two spouses, as it became with the marriage.")),
    Asked("forenames"),
    *_maybe("surname_before_marriage"),
    _about("date_of_birth"),
    *_maybe("place_of_birth"),
    *SPOUSE,
    _about("spouse_date_of_birth"),
    *_maybe("spouse_place_of_birth"),
    _about("date_of_marriage", required=True),
    Asked("place_of_marriage"),
    JMBG,
)
OF_DEATH = (
    *NAMES,
    FORMER,
    *_maybe("sex"),
    _about("date_of_birth"),
    *_maybe("place_of_birth"),
    _about("date_of_death", required=True),
    Asked("place_of_death"),
    *_maybe("last_residence"),
    *PARENTS,
    *_maybe("last_spouse_family_name", "last_spouse_forenames"),
    JMBG,
)

HERE = _("For use in Bosnia and Herzegovina, and abroad with a translation.")
ABROAD = _("For use abroad, in the countries of the Vienna convention, without a translation.")

BIRTH = ShippedType(
    "birth",
    Register.BIRTHS,
    pgettext_lazy("document", "Birth extract"),
    HERE,
    OF_BIRTH,
    who.OF_BIRTH,
)
MARRIAGE = ShippedType(
    "marriage",
    Register.MARRIAGES,
    pgettext_lazy("document", "Marriage extract"),
    HERE,
    OF_MARRIAGE,
    who.OF_MARRIAGE,
)
DEATH = ShippedType(
    "death",
    Register.DEATHS,
    pgettext_lazy("document", "Death extract"),
    HERE,
    OF_DEATH,
    who.OF_DEATH,
)


def _multilingual(kind: ShippedType, name: Any, letter: str, form: tuple[forms.Box, ...]) -> ShippedType:
    return replace(
        kind,
        code=f"{kind.code}-multilingual",
        edition=Edition.MULTILINGUAL,
        name=name,
        summary=ABROAD,
        blank=f"CIEC {letter}",
        boxes=form,
    )


TYPES = (
    BIRTH,
    _multilingual(
        BIRTH, pgettext_lazy("document", "Birth extract, international (multilingual)"), "A", forms.A
    ),
    MARRIAGE,
    replace(
        _multilingual(
            MARRIAGE,
            pgettext_lazy("document", "Marriage extract, international (multilingual)"),
            "B",
            forms.B,
        ),
        facts=(*OF_MARRIAGE[:2], SEX, *OF_MARRIAGE[2:]),
    ),
    DEATH,
    _multilingual(
        DEATH, pgettext_lazy("document", "Death extract, international (multilingual)"), "C", forms.C
    ),
    ShippedType(
        "citizenship",
        Register.CITIZENS,
        pgettext_lazy("document", "Certificate of citizenship"),
        _("Shows that you are a citizen of Bosnia and Herzegovina."),
        OF_BIRTH,
        who.FAMILY,
        by_law_on_registers=False,
    ),
    ShippedType(
        "marital-status",
        Register.OTHER,
        pgettext_lazy("document", "Certificate of free marital status"),
        _("Shows that a person is not married, for a marriage abroad."),
        (*NAMES, FORMER, SEX, *BORN, *PARENTS, *_maybe("country_of_marriage"), JMBG),
        who.OF_STATUS,
        by_law_on_registers=False,
    ),
    ShippedType(
        "household",
        Register.OTHER,
        pgettext_lazy("document", "Household statement"),
        _("Shows who lives in a common household."),
        (*NAMES, Asked("date_of_birth"), Asked("household_address"), *_maybe("household_members"), JMBG),
        who.OF_HOUSEHOLD,
        by_law_on_registers=False,
        active=False,
    ),
)
