"""An issue goes out, or is taken back.

Public API: `publish`, `take_back`, `examples_in`.
"""

from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.municipalities.logs import log
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.syndication.actions.finding import examples_of
from wagtail_diaspora.syndication.models import Edition

from ..models import Issue
from ..states import IssueState

__all__ = ["examples_in", "publish", "take_back"]


def examples_in(issue: Issue, language: str) -> QuerySet[Edition]:
    """What stands in it and is public now, in its order, each in the nearest language."""
    examples = examples_of(issue.municipality, language).filter(item__contribution__issue=issue)
    return examples.order_by("item__contribution__place", "item__contribution")


@retry_when_locked
@transaction.atomic
def publish(issue: Issue, *, user: Any) -> None:
    """Anybody may read it from now on. Raises `DiasporaError` where it is empty, or published already."""
    office = Municipality.objects.select_for_update().get(pk=issue.municipality_id)
    if not examples_in(issue, "").exists():
        raise DiasporaError(_("There is no example in this issue yet. Take one first."))
    now = {"state": IssueState.PUBLISHED, "published_at": timezone.now(), "changed_at": timezone.now()}
    number = Coalesce("number", Value(_next_number(office)))
    if not Issue.objects.drafts().filter(pk=issue.pk).update(**now, number=number):
        raise DiasporaError(_("Somebody else has published this issue already."))
    log(issue, "diaspora_bulletin.published", user=user, municipality=office)


@retry_when_locked
@transaction.atomic
def take_back(issue: Issue, *, user: Any) -> None:
    """Nobody reads it until it is published again, under the same number."""
    published = Issue.objects.published().filter(pk=issue.pk)
    if not published.update(state=IssueState.DRAFT, changed_at=timezone.now()):
        raise DiasporaError(_("Somebody else has taken this issue back already."))
    log(issue, "diaspora_bulletin.taken_back", user=user, municipality=issue.municipality)


def _next_number(municipality: Municipality) -> int:
    last = municipality.bulletin_issues.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
