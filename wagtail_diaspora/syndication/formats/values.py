"""JSON as every format writes it.

Public API: `document`.
"""

import json
from typing import Any

from .text import clean

__all__ = ["document"]

_EMPTY = (None, "", [], {})


def document(value: dict[str, Any], **lists: list[Any]) -> bytes:
    """In UTF-8, without what is empty, save `lists`, and without what XML forbids."""
    return json.dumps(_tidy(value) | _each(lists), ensure_ascii=False, separators=(",", ":")).encode()


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: part for key, part in _each(value).items() if part not in _EMPTY}
    if isinstance(value, list):
        return [part for part in map(_tidy, value) if part not in _EMPTY]
    return value


def _each(parts: dict[str, Any]) -> dict[str, Any]:
    return {key: _tidy(part) for key, part in parts.items()}
