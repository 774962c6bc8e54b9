"""The files of one channel in one language, each written only where what stands in it has changed.

Public API: `Writer`, `state_of(channel)`, `Files`.
"""

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from wagtail_diaspora import conf
from wagtail_diaspora.municipalities.models import Municipality

from .. import addresses
from ..entries import Entry, TopicName
from ..formats import FORMATS, Format
from ..models import Channel, Edition, FeedFile, Partner
from .building import FEED_LENGTH, Speaker, entry_of, feed_of, shown_in, told_in
from .picturing import make_pictures
from .scripting import way_to

__all__ = ["Files", "Line", "Writer", "state_of"]

WRITTEN_BY = "2"
"""Raised when the formats write the same entries otherwise."""
ARCHIVED = [form for form in FORMATS.values() if form.element]

Files = Iterator[tuple[str, FeedFile | None]]
"""By their paths; None where the file that is there says the same."""
Written = Callable[[Entry], Entry]


class Line(NamedTuple):
    """An entry in its own script, with the key of its edition and the number of its last change; `is_usual`
    where nobody chose its topics."""

    edition: int
    number: int
    entry: Entry
    is_usual: bool


def state_of(channel: Channel) -> str:
    return f"{channel.number}-{_way(channel.municipality)}"


def _way(municipality: Municipality) -> str:
    """Another name or website, and other hubs in the settings, are another way of writing."""
    names = sorted(municipality.name.items())
    said = (municipality.code, names, municipality.root_url, municipality.email, municipality.phone)
    return f"{WRITTEN_BY}.{_crc((said, tuple(conf.WEBSUB_HUBS)))}"


def _crc(value: Any) -> str:
    return f"{zlib.crc32(repr(value).encode()):x}"


class Writer:
    """In the language that is active: the channel's own, or that in another script."""

    def __init__(
        self,
        channel: Channel,
        language: str,
        *,
        kept: Mapping[str, str] | None = None,
        written: Written | None = None,
        partner: Partner | None = None,
        choice: str = "",
    ):
        """`kept` has the digests of the files that are there, `choice` that of what a partner chose."""
        self.partner, self.kept = partner, kept or {}
        self.channel, self.municipality, self.language = channel, channel.municipality, language
        self.speaker = Speaker.of(self.municipality, language)
        self.written = written or way_to(language, channel)
        self.in_script: dict[int, Entry] = {}
        self.begun_at = partner and partner.chosen_at
        self.changed_at = max(filter(None, (channel.changed_at, self.begun_at)))
        usual = _crc(self.speaker.usual_topics)  # by which older items come into a feed
        self.way = ".".join(filter(None, (_way(self.municipality), usual, choice)))
        self.hubs = addresses.hubs(self.municipality.root_url)

    def files(self) -> Files:
        """In an archive items stand in the order in which they came, so that they stay where they are."""
        came = list(shown_in(self.channel).order_by("public_since", "pk").values_list("pk", "number"))
        last = len(came) // FEED_LENGTH
        for selection, topic, chosen in self._selections(self.lines(told_in(self.channel))):
            for form in FORMATS.values():
                path = addresses.file_path(self.municipality.code, self.language, selection, form)
                archived = last and form in ARCHIVED and selection == addresses.ALL
                before = {"previous_archive_url": self._archive(last, form)} if archived else {}
                yield self.selected(path, form, chosen[:FEED_LENGTH], topic=topic, **before)
        for number in range(1, last + 1):
            start = (number - 1) * FEED_LENGTH
            yield from self._archive_files(number, last, came[start : start + FEED_LENGTH])

    def _selections(self, latest: list[Line]) -> Iterator[tuple[str, TopicName | None, list[Line]]]:
        """All, and one for each topic that is in use or was: whoever reads that feed finds it still.

        A withdrawn entry says so wherever it may have stood.
        """
        yield addresses.ALL, None, latest
        codes = {topic.code for line in latest for topic in line.entry.topics} | self._offered()
        for code in sorted(codes & self.speaker.topic_names.keys()):
            topic = TopicName(code=code, name=self.speaker.topic_names[code])
            about = [line for line in latest if line.entry.withdrawn or topic in line.entry.topics]
            yield code, topic, self.entered(about, {code})

    def _offered(self) -> set[str]:
        """Selections of which there are files in this language."""
        return {path.split("/")[2] for path in self.kept if addresses.language_of(path) == self.language}

    def lines(self, editions: Any) -> list[Line]:
        editions = list(editions)
        make_pictures(editions)
        return [self._line(edition) for edition in editions]

    def _line(self, edition: Edition) -> Line:
        entry = entry_of(edition, self.speaker)
        return Line(edition.pk, edition.number, entry, is_usual=not edition.topic_codes)

    def _entry(self, line: Line) -> Entry:
        """As it is written here: once, and only of what stands in a file that has changed."""
        if line.edition not in self.in_script:
            self.in_script[line.edition] = self.written(line.entry)
        return replace(self.in_script[line.edition], updated_at=line.entry.updated_at)

    def entered(self, lines: list[Line], topics: set[str]) -> list[Line]:
        """As they stand in a feed of these topics: updated when they came into it, if not since."""
        usual = [since for code, since in self.speaker.usual_topics.items() if code in topics]
        return [self._entered(line, min(usual, default=None)) for line in lines]

    def _entered(self, line: Line, usual_since: datetime | None) -> Line:
        if line.entry.withdrawn:
            return line
        moments = (line.entry.updated_at, self.begun_at, line.is_usual and usual_since)
        return line._replace(entry=replace(line.entry, updated_at=max(filter(None, moments))))

    def selected(
        self, path: str, form: Format, lines: list[Line], **more: Any
    ) -> tuple[str, FeedFile | None]:
        """A picture that could be made only now is something new."""
        marks = [(line.edition, line.number, bool(line.entry.picture)) for line in lines]
        return self._file(path, form, marks, lambda: lines, **more)

    def _archive_files(self, number: int, last: int, marks: list[tuple[int, int]]) -> Files:
        """Editions are read only where one of them changed."""
        keys = [key for key, _number in marks]
        came = shown_in(self.channel).filter(pk__in=keys).order_by("public_since", "pk")
        lines = cache(lambda: self.lines(came))
        code, language = self.municipality.code, self.language
        for form in ARCHIVED:
            yield self._file(
                addresses.archive_path(code, language, number, form),
                form,
                marks,
                lines,
                current_url=self._url(addresses.file_path(code, language, addresses.ALL, form)),
                previous_archive_url=self._archive(number - 1, form) if number > 1 else "",
                next_archive_url=self._archive(number + 1, form) if number < last else "",
            )

    def _archive(self, number: int, form: Format) -> str:
        code, language = self.municipality.code, self.language
        return self._url(addresses.archive_path(code, language, number, form))

    def _url(self, path: str) -> str:
        return self.municipality.root_url + addresses.feed(path)

    def _file(
        self, path: str, form: Format, marks: list[Any], lines: Callable[[], list[Line]], **more: Any
    ) -> tuple[str, FeedFile | None]:
        said = (path, self.way, self.speaker.facts, marks, sorted(more.items()))
        digest = hashlib.sha256(repr(said).encode()).hexdigest()
        same = self.kept.get(path) == digest
        return path, None if same else self._write(path, form, lines(), digest, **more)

    def _write(
        self,
        path: str,
        form: Format,
        lines: list[Line],
        digest: str,
        *,
        topic: TopicName | None = None,
        **more: str,
    ) -> FeedFile:
        is_open = self.partner is None and "current_url" not in more
        feed = feed_of(
            self.speaker,
            [self._entry(line) for line in lines],
            path=addresses.feed(path),
            is_named=self.partner is None,
            page=addresses.page(),
            topic=topic,
            updated_at=self.changed_at,
            hub_urls=self.hubs if is_open else (),
            **more,
        )
        body = form.write(feed)
        return FeedFile(
            path=path,
            url=feed.url if is_open else "",
            link=addresses.link_header(feed.url) if is_open else "",
            channel=self.channel,
            number=self.channel.number,
            partner=self.partner,
            content_type=form.content_type,
            packed=gzip.compress(body, mtime=0),
            etag=f"{self.channel.pk}-{self.channel.number}-{self.way}-{digest[:12]}",
            changed_at=int(self.changed_at.timestamp()),
            digest=digest,
            carries=[line.edition for line in lines],
            cuts=_cuts(body, form, lines),
        )


def _cuts(body: bytes, form: Format, lines: list[Line]) -> list[tuple[int, int, int]]:
    if form.element is None:
        return []
    found = [match.span() for match in form.element.finditer(body)]
    return [(*span, line.number) for span, line in zip(found, lines, strict=True)]
