from datetime import timedelta

from wagtail_diaspora import limits
from wagtail_diaspora.rooms import Job

from .actions import closing, drafts, erasing

JOBS = [
    Job(name="registrar.drafts", run=drafts.erase_overdue, every=timedelta(minutes=15)),
    Job(name="registrar.remind", run=closing.remind_waiting, every=timedelta(hours=6)),
    Job(name="registrar.expire", run=closing.expire_unanswered, every=timedelta(hours=6)),
    Job(name="registrar.erase", run=erasing.erase_overdue, every=timedelta(hours=6)),
    Job(name="registrar.limits", run=limits.clean_up, every=timedelta(hours=1)),
]
