"""Blocks that show what stands elsewhere at this moment.

Public API: `LiveBlock`, `without_live_blocks`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail import blocks

__all__ = ["LiveBlock", "without_live_blocks"]

_left_out = ContextVar("left_out", default=False)


@contextmanager
def without_live_blocks() -> Iterator[None]:
    """They are no part of what a page says: feeds would tell each change of others as one of the page's."""
    token = _left_out.set(True)
    try:
        yield
    finally:
        _left_out.reset(token)


class LiveBlock(blocks.StructBlock):
    def render(self, value: Any, context: dict | None = None) -> str:
        return "" if _left_out.get() else super().render(value, context)
