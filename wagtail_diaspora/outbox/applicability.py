"""Checks that are asked right before a message is sent: does it still apply?

Public API: `register(name, check)`, `known(name)`, `still_applies(message)`.
A higher room registers in its AppConfig's `ready()`; a message that no longer applies is cancelled, and one
whose check raises `NotYet` waits until then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Message

__all__ = ["known", "register", "still_applies"]

Check = Callable[["Message"], bool]
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    if _checks.get(name, check) is not check:
        raise ValueError(f"An applicability check named {name!r} is already registered.")
    _checks[name] = check


def known(name: str) -> bool:
    return name in _checks


def still_applies(message: Message) -> bool:
    """Raises LookupError when the room that registered the check is no longer installed."""
    return not message.applies or _checks[message.applies](message)
