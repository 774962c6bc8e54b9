"""What is read from a feed, and `Raw`, from which each format makes it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import models
from django.utils.translation import pgettext_lazy

from ..entries import Origin, Picture
from ..states import Kind

__all__ = ["Raw", "RemoteEntry", "RemoteFeed", "Unusable"]

URN = "urn:uuid:"


class Unusable(models.TextChoices):
    """Why an entry was left out."""

    EMPTY = "empty", pgettext_lazy("entry of a feed", "has neither a title nor a text")
    BROKEN = "broken", pgettext_lazy("entry of a feed", "cannot be understood")
    TOO_MANY = "too_many", pgettext_lazy("entry of a feed", "comes after the first 200")
    EMBARGO = "embargo", pgettext_lazy("entry of a feed", "is under embargo, and nobody can tell until when")


@dataclass(frozen=True, kw_only=True)
class RemoteEntry:
    """`html` is sanitised, all else is plain text; `source` is who published it first, if it says so.

    `version` is the publisher's own count, and `picture` is there where the feed says all of it. `topics` are
    names, and codes where the feed has them.
    """

    guid: str = ""
    kind: str = Kind.NEWS
    version: int | None = None
    url: str = ""
    title: str = ""
    summary: str = ""
    html: str = ""
    language: str = ""
    author: str = ""
    picture_url: str = ""
    picture: Picture | None = None
    rights: str = ""
    rights_url: str = ""
    email: str = ""
    phone: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    stamped_at: datetime | None = None
    """The same by their clock, whatever ours says."""
    topics: tuple[str, ...] = ()
    source: Origin | None = None
    corrected: bool = False
    withdrawn: bool = False
    note: str = ""
    embargoed_until: datetime | None = None

    @property
    def uuid(self) -> UUID | None:
        """The guid, if it is one of ours or of somebody who names news as we do."""
        try:
            return UUID(self.guid.lower().removeprefix(URN)) if self.guid.lower().startswith(URN) else None
        except ValueError:
            return None

    @property
    def identity(self) -> UUID:
        """By which it is known again: guid, else address, else what it says.

        Whoever passes it on names it so, and it is the same read here or there. A guid that is a mere number
        counts within its website.
        """
        words = self.url or "\n".join((self.title, self.summary, str(self.published_at)))
        place = "" if ":" in self.guid else urlsplit(self.url).netloc
        return self.uuid or uuid5(NAMESPACE_URL, f"{place} {self.guid}".strip() if self.guid else words)

    @property
    def digest(self) -> str:
        """Changes when a reader would see a change."""
        seen = (self.title, self.summary, self.html, self.url, self.picture_url, self.note)
        return hashlib.sha256("\n".join(seen).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class RemoteFeed:
    title: str = ""
    home_url: str = ""
    language: str = ""
    hub_urls: tuple[str, ...] = ()
    self_url: str = ""
    entries: tuple[RemoteEntry, ...] = ()
    unusable: Mapping[str, int] = field(default_factory=dict)
    """Count of entries left out, by `Unusable`."""


@dataclass(kw_only=True)
class Raw:
    """As it stands in the feed: of any type where the feed is wrong, of any length, relative."""

    guid: Any = ""
    url: Any = ""
    title: Any = ""
    title_is_html: bool = False
    summary: Any = ""
    html: Any = ""
    text: Any = ""
    language: Any = ""
    author: Any = ""
    picture_url: Any = ""
    picture: Any = None
    kind: Any = ""
    version: Any = None
    rights: Any = ""
    rights_url: Any = ""
    email: Any = ""
    phone: Any = ""
    published: Any = None
    updated: Any = None
    topics: Any = ()
    source_name: Any = ""
    source_url: Any = ""
    source_feed_url: Any = ""
    corrected: bool = False
    withdrawn: bool = False
    note: Any = ""
    embargoed_until: Any = None
    """The hour, or a period as DCMI writes it; where there is an embargo and no hour, anything else."""
    base: str = ""
