"""The facts that a record is found by: kinds, and the well-known ones with their questions."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FactKind(models.TextChoices):
    """How a fact is asked, checked and shown."""

    TEXT = "text", pgettext_lazy("kind of fact", "Text")
    NAME = "name", pgettext_lazy("kind of fact", "Name")
    DATE = "date", pgettext_lazy("kind of fact", "Date")
    PARTIAL_DATE = "partial_date", pgettext_lazy("kind of fact", "Date, may be incomplete")
    PLACE = "place", pgettext_lazy("kind of fact", "Place")
    SEX = "sex", pgettext_lazy("kind of fact", "Sex")
    JMBG = "jmbg", pgettext_lazy("kind of fact", "JMBG")


class Sex(models.TextChoices):
    """As in the register and on the multilingual forms (CIEC Convention 16)."""

    FEMALE = "F", pgettext_lazy("sex", "Female")
    MALE = "M", pgettext_lazy("sex", "Male")


@dataclass(frozen=True)
class KnownFact:
    code: str
    kind: str
    label: Any
    hint: Any = ""


UNRECORDED = _("As it stands in the register. Leave it empty if it is not recorded there.")
KNOWN = {
    fact.code: fact
    for fact in (
        KnownFact("family_name", FactKind.NAME, _("Family name")),
        KnownFact("forenames", FactKind.NAME, _("Forenames")),
        KnownFact(
            "former_names",
            FactKind.NAME,
            _("Family name at birth or earlier family names"),
            _("Only if it was another."),
        ),
        KnownFact("sex", FactKind.SEX, _("Sex in the register")),
        KnownFact(
            "date_of_birth",
            FactKind.DATE,
            _("Date of birth"),
            _("Day, month, year. For example: 1. 4. 1962."),
        ),
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
    )
}
