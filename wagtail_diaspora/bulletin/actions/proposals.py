"""Examples of good practice that nobody has decided about yet, and what an editor decides.

Public API: `proposed_to`, `passed_over_by`, `count_proposed`; `take`, `put_back`, `move`, `pass_over`,
`propose_again`.
Examples are named by the keys of their items; what is not there, or decided already, is left out.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.municipalities.logs import log
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.syndication.actions.finding import examples_of
from wagtail_diaspora.syndication.models import Edition

from ..models import Contribution, Issue

__all__ = [
    "count_proposed",
    "move",
    "pass_over",
    "passed_over_by",
    "propose_again",
    "proposed_to",
    "put_back",
    "take",
]


def proposed_to(municipality: Municipality, language: str) -> QuerySet[Edition]:
    """The newest first, each in the nearest language. Of a hub also what it passes on."""
    return examples_of(municipality, language).filter(item__contribution=None)


def passed_over_by(municipality: Municipality, language: str) -> QuerySet[Edition]:
    passed = {"item__contribution__isnull": False, "item__contribution__issue": None}
    return examples_of(municipality, language).filter(**passed)


def count_proposed(municipalities: Iterable[Municipality]) -> int:
    """To all of these; an example in several languages is one."""
    examples = Edition.objects.examples().filter(channel__municipality__in=municipalities)
    return examples.filter(item__contribution=None).order_by().values("item").distinct().count()


@retry_when_locked
@transaction.atomic
def take(issue: Issue, items: Collection[UUID], *, user: Any) -> int:
    """Behind what stands there already; returns how many were taken."""
    _hold(issue)
    last = issue.contributions.aggregate(last=Max("place"))["last"] or 0
    return _decide(issue.municipality, items, issue=issue, after=last, action="taken", user=user)


@retry_when_locked
@transaction.atomic
def put_back(issue: Issue, items: Collection[UUID], *, user: Any) -> int:
    """They are proposed again."""
    _hold(issue)
    rows = issue.contributions.filter(item__in=items)
    return _undo(issue.municipality, rows, "put_back", user)


@retry_when_locked
@transaction.atomic
def move(issue: Issue, item: UUID, *, up: bool) -> bool:
    """By one place; False where it stands first, or last, or not there."""
    _hold(issue)
    rows = list(issue.contributions.all())
    place = next((place for place, row in enumerate(rows) if row.item_id == item), None)
    other = None if place is None else place - 1 if up else place + 1
    if other not in range(len(rows)):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows, start=1):
        row.place = number
    Contribution.objects.bulk_update(rows, ["place"])
    return True


@retry_when_locked
@transaction.atomic
def pass_over(municipality: Municipality, items: Collection[UUID], *, user: Any) -> int:
    """Not for the bulletin: they are not proposed any more."""
    return _decide(municipality, items, issue=None, after=0, action="passed_over", user=user)


@retry_when_locked
@transaction.atomic
def propose_again(municipality: Municipality, items: Collection[UUID], *, user: Any) -> int:
    rows = Contribution.objects.filter(issue=None, item__municipality=municipality, item__in=items)
    return _undo(municipality, rows, "proposed_again", user)


def _hold(issue: Issue) -> None:
    """One at a time, and only while nobody reads it."""
    if not Issue.objects.drafts().filter(pk=issue.pk).update(changed_at=timezone.now()):
        raise DiasporaError(_("This issue is published. Take it back before you change what stands in it."))


def _decide(
    municipality: Municipality,
    items: Collection[UUID],
    *,
    issue: Issue | None,
    after: int,
    action: str,
    user: Any,
) -> int:
    """In the order in which they are named. Who decided first about an example has decided."""
    known = set(proposed_to(municipality, "").filter(item__in=items).values_list("item", flat=True))
    chosen = [item for item in dict.fromkeys(items) if item in known]
    rows = [
        Contribution(item_id=item, issue=issue, place=place) for place, item in enumerate(chosen, after + 1)
    ]
    Contribution.objects.bulk_create(rows, ignore_conflicts=True)
    decided = Contribution.objects.filter(issue=issue, item__in=chosen).select_related("item")
    return _log(municipality, decided, action, user)


def _undo(municipality: Municipality, rows: QuerySet[Contribution], action: str, user: Any) -> int:
    undone = _log(municipality, rows.select_related("item"), action, user)
    rows.delete()
    return undone


def _log(municipality: Municipality, rows: Iterable[Contribution], action: str, user: Any) -> int:
    """For each example who decided what; returns how many there are."""
    decided = [row.item for row in rows]
    for item in decided:
        log(item, f"diaspora_bulletin.{action}", user=user, municipality=municipality)
    return len(decided)
