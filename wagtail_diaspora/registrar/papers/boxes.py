"""What stands in the boxes of a controlled blank. Public API: `filled`, `HAND`.

The multilingual blanks (CIEC Convention 16) are written in Latin letters, dates as DD MM YYYY, sex as M or F;
the record's own script may be added. A box that cannot be filled is struck through (article 7).
"""

import re
from dataclasses import dataclass
from typing import Any

from wagtail_diaspora.countries import country_name
from wagtail_diaspora.dates import DateError, parse_partial
from wagtail_diaspora.scripts import to_cyrillic, to_latin

from ..answers import shown
from ..facts import DATES, FactKind
from ..models import Item
from ..models.documents import Edition
from ..offer import OfferedFact, OfferedType

HAND = object()
"""A box that is filled in by hand."""
UNKNOWN = "––"
SPOUSE = "spouse_"


def filled(item: Item, kind: OfferedType) -> list[tuple[str, dict, Any]]:
    """Number and wording of each box, and its text, `HAND`, or nothing."""
    boxes = _Boxes(item, kind)
    return [(box.number, box.label, boxes.text(box.content)) for box in item.document_type.boxes.all()]


@dataclass
class _Boxes:
    item: Item
    kind: OfferedType

    def __post_init__(self) -> None:
        entry = self.item.act or {}
        self.facts = self.item.person.facts
        self.asked = {fact.code: fact for fact in self.kind.facts}
        self.known = {
            "state": country_name("BA", language="bs"),
            "office": entry.get("office") or str(self.item.order.municipality),
            "entry": entry.get("number", ""),
            "remarks": entry.get("remarks", ""),
        }

    @property
    def multilingual(self) -> bool:
        return self.kind.edition == Edition.MULTILINGUAL

    def text(self, content: str) -> Any:
        parts = [self._first_known(part) for part in content.split()]
        if HAND in parts:
            return HAND
        latin = to_latin(", ".join(filter(None, parts)))
        if self.item.language != "sr":
            return latin
        cyrillic = _cyrillic(latin)
        return f"{latin}\n{cyrillic}" if self.multilingual and cyrillic != latin else cyrillic

    def _first_known(self, alternatives: str) -> Any:
        return next(filter(None, map(self._value, alternatives.split("|"))), "")

    def _value(self, name: str) -> Any:
        if name == "hand":
            return HAND
        if name in self.known:
            return self.known[name]
        spouse, _colon, code = name.rpartition(":")
        if spouse:
            code = self._of_spouse(spouse, code)
            if code is None:
                return HAND
        return self._fact(code)

    def _of_spouse(self, spouse: str, code: str) -> str | None:
        """None where the order does not tell who of the two is asked for."""
        sex = self.facts.get("sex")
        if not sex:
            return None
        return code if sex == {"husband": "M", "wife": "F"}[spouse] else SPOUSE + code

    def _fact(self, code: str) -> str:
        value, fact = self.facts.get(code, ""), self.asked.get(code)
        if not value or fact is None:
            return value
        return _by_convention(fact, value) if self.multilingual else shown(fact, value, whole=True)


def _by_convention(fact: OfferedFact, value: str) -> str:
    if fact.kind in DATES:
        return _jo_mo_an(value)
    return value if fact.kind == FactKind.SEX else shown(fact, value, whole=True)


def _jo_mo_an(value: str) -> str:
    try:
        day = parse_partial(value)
    except DateError:
        return value
    of_day, of_month = (f"{part:02}" if part else UNKNOWN for part in (day.day, day.month))
    return f"Jo {of_day} Mo {of_month} An {day.year}"


def _cyrillic(latin: str) -> str:
    """The signs of the Convention stay as they are printed."""
    parts = re.split(r"(Jo \S+ Mo \S+ An \d+|^[MF]$)", latin)
    return "".join(part if number % 2 else to_cyrillic(part) for number, part in enumerate(parts))
