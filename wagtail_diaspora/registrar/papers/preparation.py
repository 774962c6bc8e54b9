"""The sheet by which a clerk fills the controlled blank: the entry, and the facts in the blank's order.

The blank itself belongs to the office: the sheet says that it is not the document.
"""

from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from reportlab.lib.units import mm

from wagtail_diaspora.dates import in_words
from wagtail_diaspora.pdf import Document, Struck
from wagtail_diaspora.scripts import to_cyrillic, to_latin
from wagtail_diaspora.words import say

from ..answers import document_language, fact_rows
from ..models import Item
from ..models.documents import Edition
from ..offer import OfferedType, as_offered
from .boxes import HAND, filled
from .letter import begin

SYMBOLS = (
    ("Mar", pgettext_lazy("symbol on a blank", "marriage")),
    ("Sc", pgettext_lazy("symbol on a blank", "legal separation")),
    ("Div", pgettext_lazy("symbol on a blank", "divorce")),
    ("A", pgettext_lazy("symbol on a blank", "annulment")),
    ("D", pgettext_lazy("symbol on a blank", "death")),
    ("Dm", pgettext_lazy("symbol on a blank", "death of the husband")),
    ("Df", pgettext_lazy("symbol on a blank", "death of the wife")),
)
"""Of CIEC Convention 16, the same in every language."""


def preparation_sheet(item: Item, *, language: str) -> bytes:
    """In the clerk's `language`; the facts in the script that the document is asked in."""
    order, kind = item.order, as_offered(item.document_type)
    with translation.override(language):
        title = _("Preparation sheet: %(document)s") % {"document": say(kind.name, language)}
        document = begin(order.municipality, title=title, language=language, footer=order.reference)
        document.heading(title)
        document.paragraph(_("For the clerk. This is not the document."), quiet=True)
        document.rows(_about(item))
        _entry(document, item)
        if boxes := filled(item, kind):
            _boxes(document, boxes, kind)
        document.heading(_("Facts as the applicant wrote them"), 2)
        document.rows(_facts(item, kind, "sr" if item.language == "sr" else language))
        document.need(26 * mm)
        document.space(14 * mm)
        document.signature_line(_("Number of the blank, date, clerk"))
        document.paragraph(in_words(timezone.localdate()), size=8, quiet=True)
        return document.render()


def _about(item: Item) -> list[tuple[str, str]]:
    kind = item.document_type
    rows = [
        (pgettext("paper", "Order"), f"{item.order.reference}, {item.position}"),
        (_("Register"), f"{kind.get_register_display()}, {kind.get_edition_display()}"),
        (_("Controlled blank"), kind.blank),
        (_("Language and script"), str(document_language(item.language))),
        (_("Copies"), str(item.copies)),
        (_("Due"), in_words(item.order.due_on)),
    ]
    return [(label, value) for label, value in rows if value]


def _entry(document: Document, item: Item) -> None:
    script = to_cyrillic if item.language == "sr" else to_latin
    entry = item.act or {}
    document.heading(_("Entry in the register"), 2)
    document.rows(
        [
            (_("Number of the entry"), script(entry.get("number", "")) or "–"),
            (_("Register, book, year, page"), script(entry.get("book", "")) or "–"),
            (_("Registry office where it is entered"), script(entry.get("office", "")) or "–"),
            (_("Notes and later entries"), script(entry.get("remarks", "")) or "–"),
        ]
    )


def _boxes(document: Document, boxes: list[tuple[str, dict, Any]], kind: OfferedType) -> None:
    document.heading(_("Boxes of the blank"), 2)
    document.table(
        [pgettext("box of a blank", "No."), _("Wording"), _("What stands there")],
        [[number, say(label), _cell(value)] for number, label, value in boxes],
        [0.12, 0.38, 0.5],
    )
    if kind.edition == Edition.MULTILINGUAL:
        for sentence in _rules():
            document.paragraph(sentence, size=9, quiet=True)


def _cell(value: Any) -> Any:
    if value is HAND:
        return _("by hand")
    return value or Struck(_("Struck through: it cannot be filled in."))


def _rules() -> list[str]:
    """Of Convention 16, as far as the clerk has to keep them by hand."""
    return [
        _(
            "Compare the numbers and the wording with the blank. "
            "A box that cannot be filled in is struck through."
        ),
        _("After a place outside Bosnia and Herzegovina, write its State."),
        _(
            "Other particulars are written with these symbols only, each with date and place, "
            "%(marriage)s also with the name and forenames of the spouse: %(symbols)s."
        )
        % {"marriage": "Mar", "symbols": ", ".join(f"{sign} {means}" for sign, means in SYMBOLS)},
    ]


def _facts(item: Item, kind: OfferedType, language: str) -> list[tuple[str, str]]:
    """What the document asks about its person, in the order in which it asks."""
    script = to_cyrillic if item.language == "sr" else to_latin
    with translation.override(language):
        rows = fact_rows(item.person.facts, [kind], whole=True)
        return [(str(label), script(value)) for label, value in rows]
