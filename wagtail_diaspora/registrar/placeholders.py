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
PLACE = re.compile(r"\{([^{}]*)\}")


def mistakes_in(text: str) -> list[str]:
    """Sentences about places that nothing fills, and about braces that belong to none."""
    found = PLACE.findall(text)
    unknown = [name for name in dict.fromkeys(found) if name.strip() not in NAMES]
    mistakes = [_("there is no {%(name)s}.") % {"name": name} for name in unknown]
    if any(brace in PLACE.sub("", text) for brace in "{}"):
        mistakes.append(_("a brace has no partner."))
    return mistakes


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Whatever is not known stays as it is written, for the clerk to see."""
    return PLACE.sub(lambda place: facts.get(place[1].strip(), place[0]), text)
