"""An issue that nobody has ever read is thrown away; what stood in it is proposed again.

Public API: `discard`.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import DiasporaError

from ..models import Issue

__all__ = ["discard"]


@retry_when_locked
@transaction.atomic
def discard(issue: Issue, delete: Callable[[], None]) -> None:
    """By Wagtail's own way to delete it. Raises `DiasporaError` where it has a number, which stays."""
    if not Issue.objects.drafts().filter(pk=issue.pk, number=None).update(changed_at=timezone.now()):
        said = _("“%(issue)s” has been published, so it stays. Take it back if nobody should read it.")
        raise DiasporaError(said % {"issue": issue})
    delete()
