from datetime import timedelta

from django.utils import timezone

from wagtail_diaspora import conf
from wagtail_diaspora.rooms import Job

from . import erasure, files, inspection
from .models import AccessLogEntry


def forget_old_accesses() -> str | None:
    before = timezone.now() - timedelta(days=conf.ACCESS_LOG_DAYS)
    count, _details = AccessLogEntry.objects.filter(at__lt=before).delete()
    return f"{count} entries removed" if count else None


JOBS = [
    Job("vault.inspect", inspection.inspect_again, every=timedelta(minutes=5)),
    Job("vault.journal", erasure.note_missing, every=timedelta(minutes=5)),
    Job("vault.sweep", files.sweep_orphans, every=timedelta(hours=12)),
    Job("vault.access_log", forget_old_accesses, every=timedelta(days=1)),
]
