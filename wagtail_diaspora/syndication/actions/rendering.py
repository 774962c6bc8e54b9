"""Writes the bytes of feeds, once for each number of their channel.

Public API: `render_due()`, `render(channel)`.
"""

import gzip
from collections.abc import Iterator

from django.db import transaction
from django.utils import translation

from wagtail_diaspora.db import retry_when_locked

from .. import addresses
from ..entries import Entry, TopicName
from ..formats import FORMATS
from ..models import Channel, FeedFile
from .building import Speaker, entry_of, feed_of, told_in
from .picturing import make_pictures

__all__ = ["render", "render_due"]

WRITTEN_BY = "1"
"""Raised when the formats write the same entries otherwise."""


def render_due() -> int:
    """Every channel whose files are of an earlier number; returns how many."""
    behind = [c for c in Channel.objects.select_related("municipality__site") if c.rendered != _state_of(c)]
    for channel in behind:
        render(channel)
    return len(behind)


def render(channel: Channel) -> None:
    """Reads the number first: what is told meanwhile makes the files old, and the next round writes them."""
    channel.refresh_from_db(fields=["number", "changed_at"])
    with translation.override(channel.language):
        files = list(_files(channel))
    _keep(channel, files)


def _state_of(channel: Channel) -> str:
    return f"{channel.number}-{WRITTEN_BY}"


@retry_when_locked
@transaction.atomic
def _keep(channel: Channel, files: list[FeedFile]) -> None:
    """Only if nothing was told meanwhile: bytes that hold what was just withdrawn are never kept."""
    current = Channel.objects.filter(pk=channel.pk, number=channel.number)
    if not current.update(rendered=_state_of(channel)):
        return
    FeedFile.objects.filter(channel=channel).delete()
    FeedFile.objects.bulk_create(files)


def _files(channel: Channel) -> Iterator[FeedFile]:
    municipality = channel.municipality
    editions = told_in(channel)
    make_pictures(editions, root_url=municipality.root_url)
    speaker = Speaker.of(municipality, channel.language)
    entries = [entry_of(edition, speaker) for edition in editions]
    for selection, topic, chosen in _selections(entries):
        for form in FORMATS.values():
            path = addresses.file_path(municipality.code, channel.language, selection, form)
            feed = feed_of(
                speaker,
                chosen,
                path=addresses.feed(path),
                page=addresses.page(),
                topic=topic,
                updated_at=channel.changed_at,
            )
            yield _file(channel, path, form.content_type, form.write(feed))


def _selections(entries: list[Entry]) -> Iterator[tuple[str, TopicName | None, list[Entry]]]:
    """All, and one for each topic in use. A withdrawn entry says so wherever it may have stood."""
    yield addresses.ALL, None, entries
    for topic in sorted({topic for entry in entries for topic in entry.topics}, key=lambda one: one.code):
        yield topic.code, topic, [entry for entry in entries if entry.withdrawn or topic in entry.topics]


def _file(channel: Channel, path: str, content_type: str, body: bytes) -> FeedFile:
    return FeedFile(
        path=path,
        channel=channel,
        number=channel.number,
        content_type=content_type,
        body=body,
        packed=gzip.compress(body, mtime=0),
        etag=f"{channel.pk}-{_state_of(channel)}",
        changed_at=channel.changed_at,
    )
