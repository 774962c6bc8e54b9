from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

if TYPE_CHECKING:
    from ..models import Message


class Channel(ABC):
    """A way out, opened once for a batch and used by one thread.

    `open` and `send` raise `Unreachable`, `Deferred` or `Refused` and nothing else that they can foresee.
    Returning from `send` means that the other side has accepted the message.
    """

    name: ClassVar[str]

    @abstractmethod
    def open(self, *, until: datetime) -> None:
        """Get ready. No `send` may still be under way after `until`: then another worker takes over."""

    @abstractmethod
    def send(self, message: Message) -> None: ...

    def close(self) -> None:  # noqa: B027 - not every channel holds something open
        """Never raises."""

    @classmethod
    def opened(cls, *, until: datetime) -> Self:
        channel = cls()
        channel.open(until=until)
        return channel
