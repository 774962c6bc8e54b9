"""The sheet by which a clerk fills the controlled blank: the entry and the facts, in the blank's order.

The blank itself belongs to the office; its numbering and wording are never printed here.
"""

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.lib.units import mm

from wagtail_diaspora.dates import in_words
from wagtail_diaspora.scripts import to_cyrillic, to_latin
from wagtail_diaspora.words import say

from ..answers import document_language, fact_rows
from ..models import Item
from ..offer import as_offered
from .letter import begin


def preparation_sheet(item: Item, *, language: str) -> bytes:
    """In the clerk's `language`; the facts in the script that the document is asked in."""
    script = to_cyrillic if item.language == "sr" else to_latin
    order = item.order
    with translation.override(language):
        name = say(item.document_type.name, language)
        title = _("Preparation sheet: %(document)s") % {"document": name}
        document = begin(order.municipality, title=title, language=language, footer=order.reference)
        document.heading(title)
        document.paragraph(_("For the clerk. This is not the document."), quiet=True)
        document.rows(
            [
                (pgettext("paper", "Order"), f"{order.reference}, {item.position}"),
                (_("Language and script"), str(document_language(item.language))),
                (_("Copies"), str(item.copies)),
                (_("Due"), in_words(order.due_on)),
            ]
        )
        document.heading(_("Entry in the register"), 2)
        entry = item.act or {}
        document.rows(
            [
                (_("Number of the entry"), script(entry.get("number", "")) or "–"),
                (_("Register, book, year, page"), script(entry.get("book", "")) or "–"),
                (_("Registry office where it is entered"), script(entry.get("office", "")) or "–"),
                (_("Notes and later entries"), script(entry.get("remarks", "")) or "–"),
            ]
        )
        document.heading(_("Facts as the applicant wrote them"), 2)
        facts = _facts(item, "sr" if item.language == "sr" else language)
        document.rows([(label, script(value)) for label, value in facts])
        document.space(14 * mm)
        document.signature_line(_("Number of the blank, date, clerk"))
        document.paragraph(in_words(timezone.localdate()), size=8, quiet=True)
        return document.render()


def _facts(item: Item, language: str) -> list[tuple[str, str]]:
    """What the document asks about its person, in the order in which it asks."""
    with translation.override(language):
        rows = fact_rows(item.person.facts, [as_offered(item.document_type)], whole=True)
        return [(str(label), value) for label, value in rows]
