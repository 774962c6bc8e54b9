"""The request that the applicant signs by hand, where the office's policy asks for it."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from reportlab.lib.units import mm

from wagtail_diaspora.dates import in_words
from wagtail_diaspora.pdf.document import MARGIN, WIDTH
from wagtail_diaspora.words import say

from ..answers import applicant_rows, delivery_rows, document_language, person_rows
from ..models import Item, Order
from ..offer import as_offered
from .letter import begin


def request_to_sign(order: Order, *, language: str) -> bytes:
    with translation.override(language):
        title = _("Request for documents from the registers")
        document = begin(order.municipality, title=title, language=language, footer=order.reference)
        document.heading(title)
        document.paragraph(
            f"{order.reference} · {in_words(timezone.localdate(order.submitted_at))}", quiet=True
        )
        by_person: dict = {}
        for item in order.items.select_related("person", "document_type").prefetch_related(
            "document_type__facts", "document_type__relations"
        ):
            by_person.setdefault(item.person, []).append(item)
        for person, items in by_person.items():
            document.heading(_("I ask for"), 2)
            document.bullets(_line(item, language) for item in items)
            types = [as_offered(item.document_type) for item in items]
            document.rows(_shown(person_rows(person.facts, types, person.relation)))
        document.heading(_("Who asks"), 2)
        document.rows(_shown(applicant_rows({**order.applicant, "email": order.email})))
        document.heading(_("Delivery"), 2)
        document.rows(_shown(delivery_rows(order.delivery_method, **order.address)))
        document.need(36 * mm)
        document.paragraph(_("I declare that what is written above is true."))
        document.space(16 * mm)
        top = document.y
        document.signature_line(_("Place and date"))
        document.y = top
        document.signature_line(_("Signature"), left=WIDTH - MARGIN - 75 * mm)
        return document.render()


def _line(item: Item, language: str) -> str:
    name = say(item.document_type.name, language)
    return f"{item.copies} × {name} · {document_language(item.language)}"


def _shown(rows: list) -> list[tuple[str, str]]:
    return [(str(label), str(value)) for label, value in rows]
