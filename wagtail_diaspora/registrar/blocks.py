"""A call to order, for any site's StreamFields: what it costs today, and when it is ready.

Public API: `OrderBlock`. It serves the office of the Site on which it is read.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from wagtail_diaspora.live import LiveBlock

from .storefront import prices_of

__all__ = ["OrderBlock"]


class OrderBlock(LiveBlock):
    heading = blocks.CharBlock(required=False, label=pgettext_lazy("diaspora", "heading"))
    text = blocks.TextBlock(required=False, label=pgettext_lazy("diaspora", "text"))
    count = blocks.IntegerBlock(
        min_value=0, max_value=20, default=3, label=_("how many documents with their prices")
    )

    class Meta:
        group = pgettext_lazy("diaspora", "Diaspora")
        icon = "form"
        label = _("Order a document")
        description = _("Leads to the virtual registrar, with today's prices and dates.")
        template = "diaspora_registrar/blocks/order.html"
        preview_template = "diaspora_registrar/blocks/preview.html"
        preview_value = {"heading": _("Documents from home"), "text": "", "count": 3}

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        offered = prices_of(context.get("request"))
        if not offered and context.get("is_example"):
            offered = {"registrar_url": "#"}
        return {**context, **offered, "types": offered.get("types", ())[: value["count"]]}

    def get_preview_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        """The chooser shows it, without prices, also where this website takes no orders yet."""
        return {**super().get_preview_context(value, parent_context), "is_example": True}
