"""Who may see rows that only carry an opaque `scope`: the room that gave the scope says so.

Public API: `register`, `may_see`, `visible`. What nobody registered is seen by nobody.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

__all__ = ["may_see", "register", "visible"]

Lister = Callable[[Any], Iterable[str] | None]
_listers: dict[str, Lister] = {}


def register(prefix: str, lister: Lister) -> None:
    """`lister(user)` returns the scopes under `prefix:` that the user may see, None for all of them.

    Raises ValueError for a prefix that is taken by another lister.
    """
    if _listers.setdefault(prefix, lister) is not lister:
        raise ValueError(f"The scope {prefix!r} is registered already.")


def may_see(user: Any, scope: str) -> bool:
    lister = _listers.get(scope.partition(":")[0])
    if lister is None:
        return False
    allowed = lister(user)
    return allowed is None or scope in set(allowed)


def visible(user: Any, rows: QuerySet) -> QuerySet:
    """The rows of a model with a `scope` that the user may see."""
    seen = rows.none()
    for prefix, lister in _listers.items():
        allowed = lister(user)
        if allowed is None:
            seen |= rows.filter(scope__startswith=f"{prefix}:")
        else:
            seen |= rows.filter(scope__in=list(allowed))
    return seen
