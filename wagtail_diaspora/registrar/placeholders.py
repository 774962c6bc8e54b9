"""The places in a message template where the facts of an order are filled in.

Public API: `NAMES`, `mistakes_in`, `fill`.
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

__all__ = ["NAMES", "fill", "mistakes_in"]

NAMES = {
    "reference": gettext_lazy("the reference of the order"),
    "person": gettext_lazy("the person in the record"),
    "document": gettext_lazy("the documents that were asked for"),
    "amount": gettext_lazy("what has still to be paid"),
    "date": gettext_lazy("the day until which the office waits for an answer"),
}
PLACE = re.compile(r"\{(?P<name>[^{}]*)\}(?P<stop>\.?)")


def mistakes_in(text: str) -> list[str]:
    """Sentences about places that nothing fills, and about braces that belong to none."""
    names = dict.fromkeys(place["name"] for place in PLACE.finditer(text))
    mistakes = [_("there is no {%(name)s}.") % {"name": name} for name in names if name.strip() not in NAMES]
    if any(brace in PLACE.sub("", text) for brace in "{}"):
        mistakes.append(_("a brace has no partner."))
    return mistakes


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Whatever is not known stays as it is written, for the clerk to see.

    A date that ends with a full stop, as in `24. januara 2027.`, ends the sentence too.
    """

    def filled(place: re.Match[str]) -> str:
        value = facts.get(place["name"].strip())
        if value is None:
            return place[0]
        return value.removesuffix(place["stop"]) + place["stop"]

    return PLACE.sub(filled, text)
