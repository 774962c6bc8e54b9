"""What `manage.py diaspora_setup` passes from room to room.

Public API: `Plan`. A room lists its steps, callables `step(plan)`, in its AppConfig's
`diaspora_setup_steps`. A step makes what is missing, changes nothing that is there, and says what it did.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Plan"]


@dataclass
class Plan:
    """`options` are the command's; rooms leave what they made in `made`, by name."""

    options: dict[str, Any]
    say: Callable[[str], None]
    made: dict[str, Any] = field(default_factory=dict)

    def done(self, what: str, *, new: bool) -> None:
        self.say(f"{'made' if new else 'kept':>6}  {what}")
