"""Until when what was sent ahead must not be shown.

Public API: `embargo`, `period`, `EmbargoUnclear`.
"""

from datetime import UTC, datetime
from typing import Any

from .cleaning import instant

__all__ = ["EmbargoUnclear", "embargo", "period"]


class EmbargoUnclear(Exception):
    """There is an embargo, and no hour that can be read."""


def embargo(value: Any) -> datetime | None:
    """None where there is none, or its hour is over. Raises EmbargoUnclear."""
    value = period(value, "start") if isinstance(value, str) else value
    if not value:
        return None
    until = instant(value)
    if until is None:
        raise EmbargoUnclear
    return until if until > datetime.now(tz=UTC) else None


def period(value: str, end: str) -> str:
    """One end of a period as DCMI writes it: `start=…; end=…`; a date alone is either."""
    if "=" not in value:
        return value.strip()
    return dict(part.strip().partition("=")[::2] for part in value.split(";")).get(end, "")
