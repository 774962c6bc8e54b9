from datetime import timedelta

from django.utils import timezone

from wagtail_diaspora import limits
from wagtail_diaspora.rooms import Job

from .actions import closing, drafts, erasing
from .models import OneTimeCode


def forget_codes() -> str | None:
    """Codes of which the time was over a day ago."""
    old = OneTimeCode.objects.filter(expires_at__lt=timezone.now() - timedelta(days=1))
    count, _details = old.delete()
    return f"{count} codes removed" if count else None


JOBS = [
    Job(name="registrar.drafts", run=drafts.erase_overdue, every=timedelta(minutes=15)),
    Job(name="registrar.remind", run=closing.remind_waiting, every=timedelta(hours=6)),
    Job(name="registrar.expire", run=closing.expire_unanswered, every=timedelta(hours=6)),
    Job(name="registrar.erase", run=erasing.erase_overdue, every=timedelta(hours=6)),
    Job(name="registrar.codes", run=forget_codes, every=timedelta(days=1)),
    Job(name="registrar.limits", run=limits.clean_up, every=timedelta(hours=1)),
]
