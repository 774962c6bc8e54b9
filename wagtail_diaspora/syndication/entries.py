"""What every format of a feed is written from: plain values, with absolute addresses.

Public API: `Feed`, `Entry` and what they consist of. Whoever makes an `Entry` has looked that it may be seen;
whoever writes it only writes.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

__all__ = ["Entry", "Feed", "Happening", "Origin", "Picture", "Publisher", "Sound", "TopicName"]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A JPEG; `length` in bytes, `width` and `height` in pixels, `alt` what a blind person hears."""

    url: str
    length: int
    width: int
    height: int
    alt: str = ""
    credit: str = ""
    content_type: str = "image/jpeg"


@dataclass(frozen=True, kw_only=True)
class Sound:
    """A recording for radio."""

    url: str
    length: int
    content_type: str = "audio/mpeg"
    seconds: int = 0


@dataclass(frozen=True, kw_only=True)
class TopicName:
    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Happening:
    """When and where an event takes place; `ends_at` is None where nobody said."""

    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Whose news a hub passes on."""

    name: str
    url: str
    feed_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """Who publishes; `email` is a mailbox that somebody reads."""

    name: str
    url: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One item in one language and script.

    `published_at` never changes; `updated_at` is when it changed last or entered this feed. A withdrawn
    entry keeps its `id` and `url`, has a stub for its words, and `note` says why; of a corrected one `note`
    is the editor's sentence. `body` is HTML with absolute addresses, `title` and `summary` are plain text.
    `pronunciation` says how names are spoken.
    """

    id: UUID
    version: int
    language: str
    kind: str
    url: str
    title: str
    published_at: datetime
    updated_at: datetime
    publisher: Publisher
    summary: str = ""
    body: str = ""
    author: str = ""
    rights: str = ""
    rights_url: str = ""
    topics: tuple[TopicName, ...] = ()
    picture: Picture | None = None
    sound: Sound | None = None
    happening: Happening | None = None
    origin: Origin | None = None
    corrected: bool = False
    withdrawn: bool = False
    note: str = ""
    embargoed_until: datetime | None = None
    expires_at: datetime | None = None
    radio_script: str = ""
    pronunciation: str = ""
    """How names are spoken; for newsrooms alone."""
    reading_seconds: int = 0

    @property
    def urn(self) -> str:
        return f"urn:uuid:{self.id}"


@dataclass(frozen=True, kw_only=True)
class Feed:
    """`url` is the feed's own address in the format that is written, empty where that is a secret; `home_url`
    is a page for people.

    `previous_archive_url` and `next_archive_url` chain the archive of RFC 5005; `current_url` is set on an
    archive's document and leads to the feed that is subscribed to.
    """

    id: str
    url: str
    home_url: str
    title: str
    language: str
    updated_at: datetime
    publisher: Publisher
    subtitle: str = ""
    rights: str = ""
    rights_url: str = ""
    logo_url: str = ""
    hub_urls: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    previous_archive_url: str = ""
    next_archive_url: str = ""
    current_url: str = ""

    @property
    def topics_url(self) -> str:
        """Names the list that topics are from, as readers ask for one."""
        return f"{self.home_url}#topics"
