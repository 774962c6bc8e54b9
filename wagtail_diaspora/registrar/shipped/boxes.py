"""Boxes of the multilingual blanks (CIEC Convention 16), as an office may change them.

Form A is as published. The numbers of B and C differ in print: whoever uses them compares with the blank.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Box:
    """`content` as in `DocumentBox`."""

    number: str
    label: Any
    content: str


STATE = Box("1", pgettext_lazy("box of a blank", "State"), "state")
OFFICE = Box("2", pgettext_lazy("box of a blank", "Civil registry office of"), "office")
ISSUE = pgettext_lazy("box of a blank", "Date of issue, signature, seal")
OTHER = pgettext_lazy("box of a blank", "Other particulars of the registration")
NAME = pgettext_lazy("box of a blank", "Name")
FORENAMES = pgettext_lazy("box of a blank", "Forenames")
SEX = pgettext_lazy("box of a blank", "Sex")
BIRTH = pgettext_lazy("box of a blank", "Date and place of birth")

A = (
    STATE,
    OFFICE,
    Box("3", pgettext_lazy("box of a blank", "Extract from birth registration no."), "entry"),
    Box("4", BIRTH, "date_of_birth place_of_birth"),
    Box("5", NAME, "family_name"),
    Box("6", FORENAMES, "forenames"),
    Box("7", SEX, "sex"),
    Box("8 (5, 6)", pgettext_lazy("box of a blank", "Father: name, forenames"), "father_name"),
    Box("9 (5, 6)", pgettext_lazy("box of a blank", "Mother: name, forenames"), "mother_name"),
    Box("10", OTHER, "remarks"),
    Box("11", ISSUE, "hand"),
)
B = (
    STATE,
    OFFICE,
    Box("3", pgettext_lazy("box of a blank", "Extract from marriage registration no."), "entry"),
    Box(
        "4",
        pgettext_lazy("box of a blank", "Date and place of the marriage"),
        "date_of_marriage place_of_marriage",
    ),
    Box(
        "5 (7)",
        pgettext_lazy("box of a blank", "Husband: name before the marriage"),
        "husband:surname_before_marriage|husband:family_name",
    ),
    Box("5 (8)", pgettext_lazy("box of a blank", "Husband: forenames"), "husband:forenames"),
    Box(
        "5 (9)",
        pgettext_lazy("box of a blank", "Husband: date and place of birth"),
        "husband:date_of_birth husband:place_of_birth",
    ),
    Box("5 (10)", pgettext_lazy("box of a blank", "Husband: name after the marriage"), "husband:family_name"),
    Box(
        "6 (7)",
        pgettext_lazy("box of a blank", "Wife: name before the marriage"),
        "wife:surname_before_marriage|wife:family_name",
    ),
    Box("6 (8)", pgettext_lazy("box of a blank", "Wife: forenames"), "wife:forenames"),
    Box(
        "6 (9)",
        pgettext_lazy("box of a blank", "Wife: date and place of birth"),
        "wife:date_of_birth wife:place_of_birth",
    ),
    Box("6 (10)", pgettext_lazy("box of a blank", "Wife: name after the marriage"), "wife:family_name"),
    Box("11", OTHER, "remarks"),
    Box("12", ISSUE, "hand"),
)
C = (
    STATE,
    OFFICE,
    Box("3", pgettext_lazy("box of a blank", "Extract from death registration no."), "entry"),
    Box("4", pgettext_lazy("box of a blank", "Date and place of death"), "date_of_death place_of_death"),
    Box("5", NAME, "family_name"),
    Box("6", FORENAMES, "forenames"),
    Box("7", SEX, "sex"),
    Box("8", BIRTH, "date_of_birth place_of_birth"),
    Box("9", pgettext_lazy("box of a blank", "Name of the last spouse"), "last_spouse_family_name"),
    Box("10", pgettext_lazy("box of a blank", "Forenames of the last spouse"), "last_spouse_forenames"),
    Box("11", pgettext_lazy("box of a blank", "As on the blank"), "hand"),
    Box("12", pgettext_lazy("box of a blank", "Father: name, forenames"), "father_name"),
    Box("13", pgettext_lazy("box of a blank", "Mother: name, forenames"), "mother_name"),
    Box("14", pgettext_lazy("box of a blank", "As on the blank"), "hand"),
)
