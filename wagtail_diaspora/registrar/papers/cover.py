"""The letter that goes with the papers: the address stands where the envelope has its window (DIN 5008 B)."""

from collections.abc import Sequence

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.lib.units import mm

from wagtail_diaspora.countries import country_name
from wagtail_diaspora.dates import in_words
from wagtail_diaspora.pdf.document import COLUMN, HEIGHT, MARGIN
from wagtail_diaspora.words import say

from .. import links, proof
from ..models import Order, Paper
from .letter import begin, proof_code

WINDOW_LEFT, WINDOW_TOP, WINDOW_WIDTH = 25 * mm, HEIGHT - 52 * mm, 80 * mm
BELOW_WINDOW = HEIGHT - 98 * mm
POSTAL_NAMES = {"HK": "HONG KONG", "MO": "MACAO"}


def cover_letter(order: Order, papers: Sequence[Paper], *, language: str) -> bytes:
    """To the applicant, in `language`; `papers` are those in this envelope."""
    with translation.override(language):
        title = _("Your documents, order %(reference)s") % {"reference": order.reference}
        document = begin(order.municipality, title=title, language=language, footer=order.reference)
        document.block_at(_address(order.address), left=WINDOW_LEFT, top=WINDOW_TOP, width=WINDOW_WIDTH)
        document.y = BELOW_WINDOW
        document.paragraph(in_words(timezone.localdate()))
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


def _address(address: dict) -> list[str]:
    """As the post of the country reads it: Latin letters, the country last, in English capitals.

    The post has shorter names than the CLDR for what is no State of its own.
    """
    place = f"{address.get('postcode', '')} {address.get('city', '')}".strip()
    country = address.get("country", "")
    name = POSTAL_NAMES.get(country) or country_name(country, language="en").upper()
    return [
        *filter(None, [address.get("name", ""), *address.get("lines", "").splitlines(), place]),
        *([name] if country not in ("", "BA") else []),
    ]
