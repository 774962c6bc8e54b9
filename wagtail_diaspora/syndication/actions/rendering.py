"""Writes the bytes of feeds, once for each number of their channel.

Public API: `render_due()`, `render(channel)`.
"""

import gzip
import logging
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from wagtail_diaspora import conf
from wagtail_diaspora.db import retry_when_locked

from .. import addresses
from ..entries import Entry, TopicName
from ..formats import FORMATS, Format
from ..models import Channel, FeedFile, Partner
from . import pushing
from .building import FEED_LENGTH, Speaker, entry_of, feed_of, shown_in, told_in
from .picturing import make_pictures
from .private_feeds import private_files
from .scripting import as_it_is, in_cyrillic, in_other_scripts

__all__ = ["render", "render_due"]

logger = logging.getLogger(__name__)

WRITTEN_BY = "1"
"""Raised when the formats write the same entries otherwise."""
ARCHIVED = [form for form in FORMATS.values() if form.element]

Written = Callable[[Entry], Entry]
Numbered = list[tuple[int, Entry]]
"""Entries, each with the number of its last change."""


def render_due() -> int:
    """Every channel whose files are of an earlier number; returns how many."""
    channels = Channel.objects.exclude(municipality__site=None).select_related("municipality__site")
    return sum(_rendered(channel) for channel in channels if channel.rendered != _state_of(channel))


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
    channel.refresh_from_db(fields=["number", "changed_at", "rendered"])
    files = []
    for language in (channel.language, *in_other_scripts(channel)):
        with translation.override(language):
            files += Writer(channel, language).files()
    files += private_files(channel, Writer)
    _keep(channel, files)


def _state_of(channel: Channel) -> str:
    """Other hubs in the settings are another way of writing."""
    hubs = zlib.crc32(repr(tuple(conf.WEBSUB_HUBS)).encode())
    return f"{channel.number}-{WRITTEN_BY}.{hubs:x}"


@retry_when_locked
@transaction.atomic
def _keep(channel: Channel, files: list[FeedFile]) -> None:
    """Only if nothing was told, and no partner chose otherwise, meanwhile: old bytes are never kept."""
    current = Channel.objects.filter(pk=channel.pk, number=channel.number, rendered=channel.rendered)
    if not current.update(rendered=_state_of(channel)):
        return
    own = {channel.language, *in_other_scripts(channel)}  # a page in the other script may have come meanwhile
    files = [file for file in files if file.partner or file.path.split("/")[1] in own]
    paths = [file.path for file in files]
    FeedFile.objects.filter(Q(channel=channel) | Q(path__in=paths)).delete()
    FeedFile.objects.bulk_create(files)
    pushing.tell(channel, files)


class Writer:
    """The files of one channel in the language that is active: its own, or that in another script."""

    def __init__(
        self,
        channel: Channel,
        language: str,
        *,
        written: Written | None = None,
        partner: Partner | None = None,
    ):
        """Of a partner's own feed no hub is told."""
        self.partner = partner
        self.channel, self.municipality, self.language = channel, channel.municipality, language
        self.speaker = Speaker.of(self.municipality, language)
        self.written = written or (as_it_is if language == channel.language else in_cyrillic)

    def files(self) -> Iterator[FeedFile]:
        archives = shown_in(self.channel).count() // FEED_LENGTH
        latest = self.entries(told_in(self.channel))
        for selection, topic, chosen in _selections(latest):
            for form in FORMATS.values():
                path = addresses.file_path(self.municipality.code, self.language, selection, form)
                archived = archives and form in ARCHIVED and selection == addresses.ALL
                before = {"previous_archive_url": self._archive(archives, form)} if archived else {}
                yield self.file(path, form, chosen[:FEED_LENGTH], topic=topic, **before)
        for number in range(1, archives + 1):
            yield from self._archive_files(number, archives)

    def _archive_files(self, number: int, last: int) -> Iterator[FeedFile]:
        """In the order in which items came, so that what is in an archive stays in it."""
        start = (number - 1) * FEED_LENGTH
        came = shown_in(self.channel).order_by("public_since", "pk")
        entries = self.entries(came[start : start + FEED_LENGTH])
        code, language = self.municipality.code, self.language
        for form in ARCHIVED:
            yield self.file(
                addresses.archive_path(code, language, number, form),
                form,
                entries,
                current_url=self._url(addresses.file_path(code, language, addresses.ALL, form)),
                previous_archive_url=self._archive(number - 1, form) if number > 1 else "",
                next_archive_url=self._archive(number + 1, form) if number < last else "",
            )

    def entries(self, editions: Any) -> Numbered:
        editions = list(editions)
        make_pictures(editions)
        return [(one.number, self.written(entry_of(one, self.speaker))) for one in editions]

    def _archive(self, number: int, form: Format) -> str:
        code, language = self.municipality.code, self.language
        return self._url(addresses.archive_path(code, language, number, form))

    def _url(self, path: str) -> str:
        return self.municipality.root_url + addresses.feed(path)

    def file(
        self, path: str, form: Format, numbered: Numbered, *, topic: TopicName | None = None, **more: str
    ) -> FeedFile:
        is_private = self.partner is not None
        hubs = () if is_private or "current_url" in more else addresses.hubs(self.municipality.root_url)
        feed = feed_of(
            self.speaker,
            [entry for _number, entry in numbered],
            path=addresses.feed(path),
            page=addresses.page(),
            topic=topic,
            updated_at=self.channel.changed_at,
            hub_urls=hubs,
            **more,
        )
        body = form.write(feed)
        return FeedFile(
            path=path,
            url=feed.url if hubs else "",
            channel=self.channel,
            number=self.channel.number,
            partner=self.partner,
            content_type=form.content_type,
            body=body,
            packed=gzip.compress(body, mtime=0),
            etag=f"{self.channel.pk}-{_state_of(self.channel)}",
            changed_at=int(self.channel.changed_at.timestamp()),
            cuts=_cuts(body, form, numbered),
        )


def _selections(latest: Numbered) -> Iterator[tuple[str, TopicName | None, Numbered]]:
    """All, and one for each topic in use. A withdrawn entry says so wherever it may have stood."""
    yield addresses.ALL, None, latest
    for topic in sorted({topic for _n, entry in latest for topic in entry.topics}, key=lambda one: one.code):
        yield (
            topic.code,
            topic,
            [(n, entry) for n, entry in latest if entry.withdrawn or topic in entry.topics],
        )


def _cuts(body: bytes, form: Format, numbered: Numbered) -> list[tuple[int, int, int]]:
    if form.element is None:
        return []
    found = [match.span() for match in form.element.finditer(body)]
    return [(start, end, number) for (start, end), (number, _e) in zip(found, numbered, strict=True)]
