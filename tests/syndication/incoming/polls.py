"""Reading again later, and what became of it."""

from datetime import timedelta

from django.utils import timezone

from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.syndication.actions.polling import poll
from wagtail_diaspora.syndication.models import RemoteSource


def again(source=None):
    """Later, when its time has come."""
    RemoteSource.objects.update(next_due_at=timezone.now() - timedelta(seconds=1))
    changed = poll()
    if source:
        source.refresh_from_db()
    return changed


def states(source):
    return {found.title: found.state for found in source.items.all()}


def logged(row):
    entries = MunicipalityLogEntry.objects.filter(
        object_id=str(row.pk), content_type__model=row._meta.model_name
    )
    return [entry.action.partition(".")[2] for entry in entries.order_by("pk")]
