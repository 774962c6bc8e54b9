"""Which newsrooms a municipality serves itself, and from which moment on: as its hub knows it, and it too.

Public API: `at(turns, moment)`, `last(turns)`, `turned(turns, since, newsrooms)`, `read(said)`. A turn is
[seconds since 1970, digests], since feeds say whole seconds; the newest is the last.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

__all__ = ["at", "last", "read", "turned"]

KEPT = 20
"""A piece of news may wait so long for a look at the hub that the newsrooms have changed meanwhile."""
Turns = list[list[Any]]


def at(turns: Turns, moment: datetime) -> set[str] | None:
    """What held at that moment; None before anything was said: all."""
    held = [newsrooms for since, newsrooms in turns if since <= moment.timestamp()]
    return set(held[-1]) if held else None


def last(turns: Turns) -> list[str] | None:
    return turns[-1][1] if turns else None


def turned(turns: Turns, since: datetime, newsrooms: Collection[str]) -> Turns:
    """Said again it changes nothing: an answer may have been lost."""
    said = sorted(set(newsrooms))
    return turns if said == last(turns) else [*turns, [int(since.timestamp()), said]][-KEPT:]


def read(said: Any) -> Turns:
    """As somebody else says it; none where it cannot be understood."""
    return said if isinstance(said, list) and all(map(_is_turn, said)) else []


def _is_turn(one: Any) -> bool:
    if not (isinstance(one, list) and len(one) == 2 and type(one[0]) is int and isinstance(one[1], list)):
        return False
    return all(isinstance(digest, str) for digest in one[1])
