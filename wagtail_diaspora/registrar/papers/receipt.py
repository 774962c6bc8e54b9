"""That the office received an order. It names nobody: whoever has the link may read it."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wagtail_diaspora.dates import in_words
from wagtail_diaspora.words import say

from ..answers import document_language
from ..models import Order
from ..wording import next_for
from .letter import begin


def receipt(order: Order, *, language: str) -> bytes:
    with translation.override(language):
        title = _("Receipt for the order %(reference)s") % {"reference": order.reference}
        document = begin(order.municipality, title=title, language=language, footer=order.reference)
        document.heading(title)
        document.rows(
            [
                (pgettext("order", "Reference"), order.reference),
                (_("Received"), in_words(timezone.localdate(order.submitted_at))),
                (_("State"), order.get_state_display()),
                (_("What comes next"), next_for(order)),
            ]
        )
        document.heading(pgettext("diaspora", "Documents"), 2)
        document.table(
            [pgettext("diaspora", "Document"), _("Language and script"), _("Copies"), _("State")],
            [_item(item, language) for item in order.items.select_related("document_type")],
            [0.37, 0.25, 0.16, 0.22],
        )
        document.paragraph(
            _("Your private link, which came by e-mail, shows where the order stands. Keep it to yourself."),
            quiet=True,
        )
        return document.render()


def _item(item, language: str) -> list[str]:
    name = f"{item.position}. {say(item.document_type.name, language)}"
    return [name, str(document_language(item.language)), str(item.copies), item.get_state_display()]
