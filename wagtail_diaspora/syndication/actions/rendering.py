"""Keeps the bytes of feeds, written once for each number of their channel.

Public API: `render_due()`, `render(channel)`.
"""

import logging

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from wagtail_diaspora.db import retry_when_locked

from .. import addresses
from ..models import Channel, FeedFile
from . import pushing
from .counting import count_on
from .private_feeds import private_files
from .scripting import in_other_scripts
from .writing import Writer, state_of

__all__ = ["render", "render_due"]

logger = logging.getLogger(__name__)


def render_due() -> int:
    """Every channel whose files are of an earlier number; returns how many."""
    if gone := list(Channel.objects.filter(municipality__site=None).exclude(rendered="")):
        _forget(gone)
    channels = Channel.objects.exclude(municipality__site=None).select_related("municipality__site")
    return sum(_rendered(channel) for channel in channels if channel.rendered != state_of(channel))


@retry_when_locked
@transaction.atomic
def _forget(channels: list[Channel]) -> None:
    """What has no website any more has no feeds."""
    FeedFile.objects.filter(channel__in=channels).only("pk").delete()
    Channel.objects.filter(pk__in=[channel.pk for channel in channels]).update(rendered="")


def _rendered(channel: Channel) -> bool:
    """One channel that cannot be written does not keep the others back."""
    try:
        render(channel)
    except Exception:
        logger.exception("The feeds of channel %s could not be written.", channel)
        return False
    return True


def render(channel: Channel) -> None:
    """Reads the number first: what is told meanwhile makes the files old, and the next round writes them."""
    _count_on_if_written_otherwise(channel)
    channel.refresh_from_db(fields=["number", "changed_at", "rendered"])
    kept = dict(channel.files.values_list("path", "digest"))
    files: dict[str, FeedFile | None] = {}
    for language in (channel.language, *in_other_scripts(channel)):
        with translation.override(language):
            files.update(Writer(channel, language, kept=kept).files())
    files.update(private_files(channel, kept))
    _keep(channel, files)


def _count_on_if_written_otherwise(channel: Channel) -> None:
    """Other bytes of the same number would be hidden behind its date, and no subscriber would be told."""
    if channel.rendered.startswith(f"{channel.number}-") and channel.rendered != state_of(channel):
        retry_when_locked(transaction.atomic(count_on))(channel)


@retry_when_locked
@transaction.atomic
def _keep(channel: Channel, files: dict[str, FeedFile | None]) -> None:
    """Only if nothing was told, and no partner chose otherwise, meanwhile: old bytes are never kept."""
    current = Channel.objects.filter(pk=channel.pk, number=channel.number, rendered=channel.rendered)
    if not current.update(rendered=state_of(channel)):
        return
    own = ("", channel.language, *in_other_scripts(channel))  # a page in the other script may have come
    files = {path: file for path, file in files.items() if addresses.language_of(path) in own}
    written = [file for file in files.values() if file]
    same = [path for path, file in files.items() if file is None]
    old = Q(channel=channel) & ~Q(path__in=same) | Q(path__in=[file.path for file in written])
    FeedFile.objects.filter(old).only("pk").delete()
    FeedFile.objects.bulk_create(written)
    pushing.tell(channel, written)
