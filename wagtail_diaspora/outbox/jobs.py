from datetime import timedelta

from django.utils.translation import ngettext

from wagtail_diaspora.rooms import Job

from . import actions

PER_RUN = 2000


def deliver() -> str | None:
    """Bounded, so that a large mailing does not hold up the other jobs."""
    if sent := actions.deliver_due(limit=PER_RUN, worker="tick"):
        return ngettext("%(count)d message sent.", "%(count)d messages sent.", sent) % {"count": sent}
    return None


def erase() -> str | None:
    if erased := actions.erase_bodies():
        words = ngettext("%(count)d old message erased.", "%(count)d old messages erased.", erased)
        return words % {"count": erased}
    return None


JOBS = [
    Job(name="outbox.deliver", run=deliver, every=timedelta(seconds=5)),
    Job(name="outbox.erase", run=erase, every=timedelta(hours=1)),
]
