"""Blocks for any site's StreamFields.

Public API: `OtherMunicipalitiesBlock`.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from wagtail_diaspora.live import LiveBlock
from wagtail_diaspora.municipalities.models import Municipality

from .models import RemoteItem

__all__ = ["OtherMunicipalitiesBlock"]

EXAMPLE = {
    "title": _("A new bridge across the river"),
    "summary": _("From Monday on, the way to the other side takes five minutes instead of thirty."),
    "attribution_name": _("The other municipality"),
}


class OtherMunicipalitiesBlock(LiveBlock):
    """What others publish and the municipality of the reader's Site shows. Two queries, however many."""

    heading = blocks.CharBlock(required=False, label=pgettext_lazy("news", "heading"))
    count = blocks.IntegerBlock(
        min_value=1, max_value=12, default=3, label=pgettext_lazy("news", "how many at most")
    )
    topic = blocks.CharBlock(
        required=False,
        label=pgettext_lazy("news", "topic"),
        help_text=_("As the others name it. Empty: all topics."),
    )

    class Meta:
        icon = "globe"
        group = pgettext_lazy("diaspora", "Diaspora")
        label = _("News of other municipalities")
        description = _("The newest of what you take over from others, with a link to where it stands.")
        template = "diaspora_syndication/blocks/other_municipalities.html"
        preview_template = "diaspora_syndication/blocks/preview.html"

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        items = self.items(context.get("request"), value)
        if not items and context.get("is_example"):
            now = timezone.now()
            items = [RemoteItem(**EXAMPLE, published_at=now, updated_at=now) for _n in range(value["count"])]
        return {**context, "items": items}

    def items(self, request: Any, value: Any) -> list[RemoteItem]:
        municipality = Municipality.objects.for_request(request).first() if request else None
        if municipality is None:
            return []
        found = RemoteItem.objects.for_readers(municipality).about(value.get("topic") or "")
        return list(found.defer("html")[: value["count"]])

    def get_preview_value(self) -> Any:
        return self.normalize({"heading": self.label, "count": 3, "topic": ""})

    def get_preview_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        return {**super().get_preview_context(value, parent_context), "is_example": True}
