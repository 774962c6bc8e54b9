"""The facts that a record is found by: kinds, and the well-known ones with their questions."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FactKind(models.TextChoices):
    """How a fact is asked, checked and shown."""

    TEXT = "text", pgettext_lazy("kind of fact", "Text")
    LINES = "lines", pgettext_lazy("kind of fact", "Text of several lines")
    NAME = "name", pgettext_lazy("kind of fact", "Name")
    PLACE = "place", pgettext_lazy("kind of fact", "Place")
    DATE = "date", pgettext_lazy("kind of fact", "Date")
    PARTIAL_DATE = "partial_date", pgettext_lazy("kind of fact", "Date, may be incomplete")
    NUMBER = "number", pgettext_lazy("kind of fact", "Number")
    YES_NO = "yes_no", pgettext_lazy("kind of fact", "Yes or no")
    CHOICE = "choice", pgettext_lazy("kind of fact", "One of several choices")
    SEX = "sex", pgettext_lazy("kind of fact", "Sex")
    JMBG = "jmbg", pgettext_lazy("kind of fact", "JMBG")


DATES = (FactKind.DATE, FactKind.PARTIAL_DATE)


class Sex(models.TextChoices):
    """As in the register and on the multilingual forms (CIEC Convention 16)."""

    FEMALE = "F", pgettext_lazy("sex", "Female")
    MALE = "M", pgettext_lazy("sex", "Male")


class Answer(models.TextChoices):
    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")


@dataclass(frozen=True)
class KnownFact:
    """`kind` is what its meaning needs: of a date, both kinds of date will do."""

    code: str
    kind: str
    label: Any
    hint: Any = ""

    def may_be(self, kind: str) -> bool:
        return kind == self.kind or (kind in DATES and self.kind in DATES)


HINTS = {
    FactKind.DATE: _("Day, month, year. For example: 1. 4. 1962."),
    FactKind.PARTIAL_DATE: _(
        "Day, month, year. If you do not know the day, write month and year, or the year alone."
    ),
    FactKind.NUMBER: _("Digits only."),
}
"""What helps with a kind of fact where no other hint is written."""

UNRECORDED = _("As it stands in the register. Leave it empty if it is not recorded there.")
IF_ANOTHER = _("Only if it was another.")
ABROAD = _("If it was abroad, write the country, too.")
RESERVED = ("relation", "doubts_seen", "version")
"""Other questions of the same page have these names."""

KNOWN = {
    fact.code: fact
    for fact in (
        KnownFact("family_name", FactKind.NAME, _("Family name")),
        KnownFact("forenames", FactKind.NAME, _("Forenames")),
        KnownFact(
            "former_names", FactKind.NAME, _("Family name at birth or earlier family names"), IF_ANOTHER
        ),
        KnownFact("sex", FactKind.SEX, _("Sex in the register")),
        KnownFact("date_of_birth", FactKind.DATE, _("Date of birth")),
        KnownFact("place_of_birth", FactKind.PLACE, _("Place of birth")),
        KnownFact("father_name", FactKind.NAME, _("Father’s name and family name"), UNRECORDED),
        KnownFact("mother_name", FactKind.NAME, _("Mother’s name and family name"), UNRECORDED),
        KnownFact("mother_birth_surname", FactKind.NAME, _("Mother’s family name at birth")),
        KnownFact(
            "jmbg",
            FactKind.JMBG,
            _("JMBG, the personal identification number"),
            _("13 digits. You may leave it empty if you do not have it."),
        ),
        KnownFact("surname_before_marriage", FactKind.NAME, _("Family name before the marriage"), IF_ANOTHER),
        KnownFact(
            "spouse_family_name",
            FactKind.NAME,
            _("Family name of the other spouse"),
            _("As it became with the marriage."),
        ),
        KnownFact("spouse_forenames", FactKind.NAME, _("Forenames of the other spouse")),
        KnownFact(
            "spouse_surname_before_marriage",
            FactKind.NAME,
            _("Family name of the other spouse before the marriage"),
            IF_ANOTHER,
        ),
        KnownFact("spouse_date_of_birth", FactKind.DATE, _("Date of birth of the other spouse")),
        KnownFact("spouse_place_of_birth", FactKind.PLACE, _("Place of birth of the other spouse")),
        KnownFact("date_of_marriage", FactKind.DATE, _("Date of the marriage")),
        KnownFact("place_of_marriage", FactKind.PLACE, _("Place of the marriage"), ABROAD),
        KnownFact("date_of_death", FactKind.DATE, _("Date of death")),
        KnownFact("place_of_death", FactKind.PLACE, _("Place of death"), ABROAD),
        KnownFact("last_residence", FactKind.PLACE, _("Last residence")),
        KnownFact(
            "last_spouse_family_name",
            FactKind.NAME,
            _("Family name of the last spouse"),
            _("The parents or the last spouse help to find the record."),
        ),
        KnownFact("last_spouse_forenames", FactKind.NAME, _("Forenames of the last spouse")),
        KnownFact("country_of_marriage", FactKind.PLACE, _("Country in which the marriage is planned")),
        KnownFact(
            "household_address",
            FactKind.PLACE,
            _("Address of the household"),
            _("Street, number and place in this municipality."),
        ),
        KnownFact(
            "household_members",
            FactKind.LINES,
            _("Who lives in the household"),
            _("One person on a line: name, date of birth, relation to the person above."),
        ),
    )
}
