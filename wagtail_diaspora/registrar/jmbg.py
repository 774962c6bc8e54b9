"""The personal identification number (JMBG): DDMMYYY RR BBB K, thirteen digits.

A wrong check digit is an error. What disagrees with the birth date or sex is only questioned: older
entries and late registrations do differ, and RR is where the number was given, not the birth place.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.si import emso

from wagtail_diaspora.dates import PartialDate, first_day, last_day

DIGITS = 13
BOSNIAN_REGIONS = frozenset(f"{region}" for region in range(10, 20))


def clean(typed: str) -> str:
    """Thirteen digits with a right check digit; raises ValueError with a sentence."""
    compact = emso.compact(typed)
    if len(compact) != DIGITS or not compact.isdecimal():
        raise ValueError(_("Write all 13 digits of the JMBG, and nothing else."))
    try:
        return emso.validate(compact)
    except NumberError:
        raise ValueError(
            _("Check the JMBG: it has 13 digits, and the last one does not agree with the others.")
        ) from None


def doubts(number: str, *, born: date | PartialDate | None, sex: str | None) -> list:
    """Sentences about what does not fit; empty when all agrees."""
    found = []
    if born and not first_day(born) <= emso.get_birth_date(number) <= last_day(born):
        found.append(_("The JMBG tells another date of birth than the one given."))
    if sex and emso.get_gender(number) != sex:
        found.append(_("The JMBG tells another sex than the one given."))
    if emso.get_region(number) not in BOSNIAN_REGIONS:
        found.append(_("The JMBG was not given in Bosnia and Herzegovina."))
    return found


def in_facts(facts: dict[str, str]) -> dict[str, str]:
    """Those of a person's facts that are one, under whatever code the office asks for it, now or before."""
    return {code: text for code, text in facts.items() if text and (code == "jmbg" or _is_one(text))}


def _is_one(text: str) -> bool:
    return len(text) == DIGITS and text.isdecimal() and emso.is_valid(text)


def masked(number: str) -> str:
    """As it is shown back: enough to recognise it, too little to use it."""
    return f"{'•' * (DIGITS - 4)}{number[-4:]}"
