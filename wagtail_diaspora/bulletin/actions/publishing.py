"""An issue goes out, or is taken back.

Public API: `publish`, `take_back`.
"""

from typing import Any

from django.db import transaction
from django.db.models import Max, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.municipalities.logs import log
from wagtail_diaspora.municipalities.models import Municipality

from ..models import Issue
from ..states import IssueState
from .contents import examples_in
from .telling import tell_members

__all__ = ["publish", "take_back"]


@retry_when_locked
@transaction.atomic
def publish(issue: Issue, *, user: Any) -> None:
    """Anybody may read it from now on, and who gave an example is told.

    Raises `DiasporaError` where it is empty, or published already.
    """
    office = Municipality.objects.select_for_update().get(pk=issue.municipality_id)
    now = {"state": IssueState.PUBLISHED, "published_at": timezone.now(), "changed_at": timezone.now()}
    number = Coalesce("number", Value(_next_number(office)))
    if not Issue.objects.drafts().filter(pk=issue.pk).update(**now, number=number):
        raise DiasporaError(_("Somebody else has published this issue already."))
    if not examples_in(issue, "").exists():
        raise DiasporaError(_("There is no example in this issue yet. Take one first."))
    issue.refresh_from_db()
    tell_members(issue)
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
