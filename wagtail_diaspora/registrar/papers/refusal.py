"""The letter that says which documents the office refuses, why, and what the applicant can do."""

from collections.abc import Sequence

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.lib.units import mm

from wagtail_diaspora.dates import in_sentence, in_words
from wagtail_diaspora.words import say

from ..flow import name_of
from ..models import Item, Order
from .letter import begin, to_window


def refusal_letter(order: Order, items: Sequence[Item], *, language: str) -> bytes:
    """To the applicant, in `language`; the reasons as the clerk wrote them."""
    with translation.override(language):
        title = _("Refusal, order %(reference)s") % {"reference": order.reference}
        document = begin(order.municipality, title=title, language=language, footer=order.reference)
        to_window(document, order)
        document.paragraph(_reference(order))
        document.heading(title)
        asked = {"day": in_sentence(timezone.localdate(order.submitted_at))}
        document.paragraph(_("On %(day)s we received your request. We cannot issue these documents:") % asked)
        document.table(
            [pgettext("diaspora", "Document"), _("Whose record"), _("Reason")],
            [_row(item, language) for item in items],
            [0.32, 0.26, 0.42],
        )
        bases = {say(item.document_type.legal_basis, language) for item in items} - {""}
        for basis in sorted(bases):
            document.paragraph(_("Regulation: %(regulation)s.") % {"regulation": basis})
        document.heading(_("If you do not agree"), 2)
        document.paragraph(_remedy(order, language))
        document.need(30 * mm)
        document.space(14 * mm)
        document.signature_line(order.municipality.signatory or str(order.municipality))
        return document.render()


def _reference(order: Order) -> str:
    parts = [in_words(timezone.localdate())]
    if order.protocol_number:
        parts.append(_("Protocol number: %(number)s") % {"number": order.protocol_number})
    return " · ".join(parts)


def _row(item: Item, language: str) -> list[str]:
    name = f"{item.position}. {say(item.document_type.name, language)}"
    return [name, name_of(item.person.facts), item.outcome]


def _remedy(order: Order, language: str) -> str:
    """In the office's words; without them, where to ask. Which remedy there is, the law says, not we."""
    settings = getattr(order.municipality, "registrar_settings", None)
    written = say(settings.remedy, language) if settings else ""
    return written or _(
        "Ask this office which legal remedy you have, where you submit it and until when. "
        "You may also send the request again with what is missing."
    )
