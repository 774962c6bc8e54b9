"""Data for search engines, as JSON-LD.

Public API: `as_json_ld`. A block of data is no script: a strict Content-Security-Policy lets it stand.
"""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

__all__ = ["as_json_ld"]

ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Whatever an editor writes, the element ends where we end it."""


def as_json_ld(data: dict[str, Any]) -> SafeString:
    """As an element of the page; what is None or empty is left out."""
    said = {"@context": "https://schema.org", **{key: value for key, value in data.items() if value}}
    text = json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
