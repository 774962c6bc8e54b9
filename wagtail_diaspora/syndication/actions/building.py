"""From what was told to what a feed says, in one language. Reads rows, never pages.

Public API: `told_in(channel)`, `shown_in(channel)`, `entry_of(edition, speaker)`, `feed_of(...)`, `Speaker`.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from django.db.models import QuerySet
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wagtail_diaspora.municipalities.models import Municipality, Topic
from wagtail_diaspora.words import say

from ..entries import Entry, Feed, Happening, Origin, Picture, Publisher, Sound, TopicName
from ..models import Channel, Edition, SyndicationSettings
from ..states import EditionState

__all__ = ["FEED_LENGTH", "Speaker", "entry_of", "feed_of", "kept_back_in", "shown_in", "told_in"]

FEED_LENGTH = 50
WINDOW = 500
"""How far back feeds of single topics look."""
WORDS_A_SECOND = 2.2
WITHDRAWN_DAYS = 90
"""How long a feed still says that something was withdrawn."""


def told_in(channel: Channel) -> list[Edition]:
    """What its feeds may show, last changed first; of withdrawn ones those that were public."""
    long_ago = timezone.now() - timedelta(days=WITHDRAWN_DAYS)
    recent = shown_in(channel).exclude(state=EditionState.WITHDRAWN, changed_at__lt=long_ago)
    return list(recent.order_by("-number")[:WINDOW])


def shown_in(channel: Channel) -> QuerySet[Edition]:
    """All that were ever public."""
    editions = channel.editions.filter(public_since__isnull=False).exclude(state=EditionState.EMBARGOED)
    return editions.select_related("item").defer("words")


def kept_back_in(channel: Channel) -> QuerySet[Edition]:
    """What never was public: for partners that take items under embargo."""
    return channel.editions.filter(public_since=None).select_related("item")


@dataclass(frozen=True)
class Speaker:
    """A municipality as it speaks in its feeds, in the language that is active."""

    municipality: Municipality
    settings: SyndicationSettings
    language: str

    @classmethod
    def of(cls, municipality: Municipality, language: str) -> "Speaker":
        found = SyndicationSettings.objects.filter(municipality=municipality).first()
        return cls(municipality, found or SyndicationSettings(municipality=municipality), language)

    @cached_property
    def facts(self) -> str:
        """All that is said in its feeds beside the items."""
        rights = (self.settings.rights, self.settings.rights_url)
        topics = sorted(self.topic_names.items())
        return repr((self.publisher, self.language, rights, self.usual_topics, topics))

    @cached_property
    def publisher(self) -> Publisher:
        return Publisher(
            name=say(self.municipality.name, self.language) or self.municipality.code,
            url=self.municipality.root_url + get_script_prefix().rstrip("/"),
            email=self.settings.contact_email or self.municipality.email,
            phone=self.settings.contact_phone or self.municipality.phone,
        )

    @cached_property
    def usual_topics(self) -> dict[str, datetime]:
        """By their codes, since when they are those of an item for which nobody chose any."""
        usual = self.settings.usual.values_list("topic__code", "since") if self.settings.pk else ()
        return dict(usual)

    @cached_property
    def topic_names(self) -> dict[str, str]:
        return {topic.code: say(topic.name, self.language) for topic in Topic.objects.all()}

    def topics(self, edition: Edition) -> tuple[TopicName, ...]:
        """As they were told, also of what was withdrawn, else those in the settings."""
        codes = edition.topic_codes.split() or self.usual_topics
        names = ((code, self.topic_names.get(code)) for code in codes)
        return tuple(TopicName(code=code, name=name) for code, name in names if name)


def entry_of(edition: Edition, speaker: Speaker) -> Entry:
    told = {
        "id": edition.name,
        "version": edition.version,
        "language": speaker.language,
        "url": edition.content["url"],
        "published_at": edition.published_at,
        "updated_at": edition.changed_at,
        "publisher": _publisher(edition) or speaker.publisher,
        "origin": _origin(edition),
        "topics": speaker.topics(edition),
        "note": edition.note,
    }
    if edition.state == EditionState.WITHDRAWN:
        return Entry(**told, kind="news", withdrawn=True, **_stub(edition))
    content, item = edition.content, edition.item
    return Entry(
        **told,
        **{name: content[name] for name in ("kind", "title", "summary", "body", "author", "radio_script")},
        pronunciation=content.get("pronunciation", ""),
        reading_seconds=reading_seconds(content["radio_script"]),
        **_rights(edition, speaker),
        picture=_picture(edition, speaker.municipality.root_url),
        sound=Sound(**content["sound"]) if content["sound"] else None,
        happening=_happening(content["happening"]),
        corrected=bool(edition.note),
        embargoed_until=item.embargo_until if edition.state == EditionState.EMBARGOED else None,
        expires_at=item.expires_at,
    )


def feed_of(
    speaker: Speaker,
    entries: Iterable[Entry],
    *,
    path: str,
    is_named: bool = True,
    page: str,
    topic: TopicName | None,
    **more: Any,
) -> Feed:
    """`path` and `page` are absolute paths on the municipality's Site: of the feed, and for people.

    A partner's own feed is not named in what is kept of it: its address is its secret.
    """
    root = speaker.municipality.root_url
    title = _("%(municipality)s: news for the diaspora") % {"municipality": speaker.publisher.name}
    if topic:
        title = pgettext("title of a feed", "%(title)s – %(topic)s") % {"title": title, "topic": topic.name}
    return Feed(
        id=urljoin(root, path.rpartition("/")[0] + "/"),
        url=urljoin(root, path) if is_named else "",
        home_url=urljoin(root, page),
        title=title,
        language=speaker.language,
        publisher=speaker.publisher,
        rights=speaker.settings.rights,
        rights_url=speaker.settings.rights_url,
        entries=tuple(entries),
        **more,
    )


def reading_seconds(script: str) -> int:
    """How long a newsreader takes, in whole seconds, at 132 words a minute."""
    return math.ceil(len(script.split()) / WORDS_A_SECOND)


def _stub(edition: Edition) -> dict[str, str]:
    said = edition.note or _("The publisher has withdrawn this news. Please take it down.")
    return {"title": pgettext("news item", "Withdrawn"), "summary": said}


def _publisher(edition: Edition) -> Publisher | None:
    """Whoever published what we only pass on, as far as it is known."""
    said = edition.content.get("origin")
    return Publisher(**{name: said[name] for name in ("name", "url", "email", "phone")}) if said else None


def _origin(edition: Edition) -> Origin | None:
    said = edition.content.get("origin")
    return Origin(**{name: said[name] for name in ("name", "url", "feed_url")}) if said else None


def _rights(edition: Edition, speaker: Speaker) -> dict[str, str]:
    """Ours say nothing about what is somebody else's."""
    if "origin" in edition.content:
        return {name: edition.content[name] for name in ("rights", "rights_url")}
    return {
        "rights": edition.item.rights or speaker.settings.rights,
        "rights_url": speaker.settings.rights_url,
    }


def _picture(edition: Edition, root_url: str) -> Picture | None:
    if of_others := edition.content.get("picture"):
        return Picture(**of_others)
    made, image = edition.picture, edition.content["image"]
    if not made.get("url") or made.get("hash") != image.get("hash"):
        return None
    sizes = {name: made[name] for name in ("length", "width", "height")}
    return Picture(url=urljoin(root_url, made["url"]), **sizes, alt=image["alt"], credit=image["credit"])


def _happening(kept: dict[str, str]) -> Happening | None:
    if not kept:
        return None
    ends_at = parse_datetime(kept["ends_at"]) if "ends_at" in kept else None
    return Happening(starts_at=parse_datetime(kept["starts_at"]), ends_at=ends_at, place=kept["place"])
