"""The letter that goes with the papers."""

from collections.abc import Sequence

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.lib.units import mm

from wagtail_diaspora.dates import in_words
from wagtail_diaspora.pdf.document import COLUMN, MARGIN
from wagtail_diaspora.words import say

from .. import links, proof
from ..models import Order, Paper
from .letter import begin, proof_code, to_window


def cover_letter(order: Order, papers: Sequence[Paper], *, language: str) -> bytes:
    """To the applicant, in `language`; `papers` are those in this envelope."""
    with translation.override(language):
        title = _("Your documents, order %(reference)s") % {"reference": order.reference}
        document = begin(order.municipality, title=title, language=language, footer=order.reference)
        to_window(document, order)
        document.paragraph(in_words(timezone.localdate()))
        if order.protocol_number:
            document.paragraph(_("Protocol number: %(number)s") % {"number": order.protocol_number})
        document.heading(title)
        document.paragraph(_("With this letter you receive:"))
        document.table(
            [pgettext("diaspora", "Document"), pgettext("paper", "Number"), _("Issued on")],
            [[say(paper.kind_name, language), paper.number, in_words(paper.issued_on)] for paper in papers],
            [0.42, 0.34, 0.24],
        )
        document.paragraph(_("Whoever receives a paper can ask this office whether it issued it:"))
        for paper in papers:
            _proof_line(document, order, paper)
        document.space(10 * mm)
        document.paragraph(order.municipality.signatory or str(order.municipality))
        return document.render()


def _proof_line(document, order: Order, paper: Paper) -> None:
    address, size = links.proof(order.municipality, paper.code), 24 * mm
    document.need(size)
    words = {"number": paper.number}
    alt = _("Code with the address of the proof page for paper %(number)s") % words
    proof_code(document, address, alt=alt, bottom=document.y - size, size=size)
    lines = [_("Paper %(number)s") % words, proof.grouped(paper.code), _short(address)]
    document.block_at(lines, left=MARGIN, top=document.y - 4, width=COLUMN - size - 5 * mm)
    document.space(size + 3 * mm)


def _short(address: str) -> str:
    return address.rpartition("/proof/")[0].partition("://")[2] + "/proof/"
