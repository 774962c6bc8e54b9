"""From what stands in a feed to what we keep of it.

Public API: `make_feed`.
"""

import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from ..entries import Origin, Picture
from ..states import Kind
from .cleaning import absolute, instant, mailbox, moment, paragraphs, plain, safe_html, whole, words_of
from .embargoes import EmbargoUnclear, embargo
from .results import Raw, RemoteEntry, RemoteFeed, Unusable

__all__ = ["make_feed"]

logger = logging.getLogger(__name__)

MAX_ENTRIES = 200
MAX_TOPICS = 20
TITLE, SUMMARY, NAME, LANGUAGE, GUID, NOTE, RIGHTS, PHONE = 300, 600, 160, 35, 1000, 1000, 200, 40
JPEG = "image/jpeg"


def make_feed(
    items: Iterable[Any],
    read_item: Callable[[Any], Raw],
    *,
    base: str,
    title: Any = "",
    home_url: Any = "",
    language: Any = "",
    hub_urls: Iterable[Any] = (),
    self_url: Any = "",
) -> RemoteFeed:
    """`read_item` says what stands in one item; where it fails, that item is left out and counted."""
    items = list(items)
    language = _language(language)
    left_out: Counter[str] = Counter()
    entries = []
    for item in items[:MAX_ENTRIES]:
        made = _make(item, read_item, base, language)
        if isinstance(made, RemoteEntry):
            entries.append(made)
        else:
            left_out[made.value] += 1
    if len(items) > MAX_ENTRIES:
        left_out[Unusable.TOO_MANY.value] = len(items) - MAX_ENTRIES
    hubs = dict.fromkeys(filter(None, (absolute(url, base) for url in hub_urls)))
    return RemoteFeed(
        title=words_of(title, NAME),
        home_url=absolute(home_url, base),
        language=language,
        hub_urls=tuple(hubs)[:5],
        self_url=absolute(self_url, base),
        entries=tuple(entries),
        unusable=dict(left_out),
    )


def _make(item: Any, read_item: Callable[[Any], Raw], base: str, language: str) -> RemoteEntry | Unusable:
    try:
        raw = read_item(item)
        entry = _entry(raw, raw.base or base, language)
    except EmbargoUnclear:
        return Unusable.EMBARGO
    except Exception as error:  # strangers' data may be wrong in any way
        logger.info("An entry of %s was left out: %s", base, type(error).__name__)
        return Unusable.BROKEN
    return entry if entry.title or entry.withdrawn else Unusable.EMPTY


def _entry(raw: Raw, base: str, language: str) -> RemoteEntry:
    html, first_picture = safe_html(raw.html or raw.summary, base)
    text = plain(raw.text, SUMMARY) if raw.text and not html else words_of(html, SUMMARY)
    title = (words_of if raw.title_is_html else plain)(raw.title, TITLE)
    published, updated = moment(raw.published), moment(raw.updated)
    return RemoteEntry(
        guid=_guid(raw.guid),
        kind=raw.kind if raw.kind in Kind.values else Kind.NEWS,
        version=whole(raw.version),
        url=absolute(raw.url, base),
        title=title or plain(text, TITLE // 3),
        summary=words_of(raw.summary, SUMMARY) or text,
        html=html or paragraphs(raw.text),
        language=_language(raw.language) or language,
        author=words_of(raw.author, NAME),
        picture_url=absolute(raw.picture_url, base) or first_picture,
        picture=_picture(raw.picture, base),
        rights=words_of(raw.rights, RIGHTS),
        rights_url=absolute(raw.rights_url, base),
        email=mailbox(raw.email),
        phone=plain(raw.phone, PHONE),
        published_at=published or updated,
        updated_at=updated or published,
        stamped_at=instant(raw.updated) or instant(raw.published),
        topics=_topics(raw.topics),
        source=_source(raw, base),
        corrected=raw.corrected,
        withdrawn=raw.withdrawn,
        note=plain(raw.note, NOTE),
        embargoed_until=None if raw.withdrawn else embargo(raw.embargoed_until),
    )


def _guid(value: Any) -> str:
    """One that is too long is not cut, or two of them would be one."""
    guid = plain(value, GUID * 10)
    return guid if len(guid) <= GUID else f"sha256:{hashlib.sha256(guid.encode()).hexdigest()}"


def _topics(values: Any) -> tuple[str, ...]:
    names = (plain(value, NAME) for value in values) if isinstance(values, list | tuple) else ()
    return tuple(dict.fromkeys(filter(None, names)))[:MAX_TOPICS]


def _picture(said: Any, base: str) -> Picture | None:
    """A JPEG of which the feed says how large it is: others must not be passed on as such."""
    said = said if isinstance(said, dict) else {}
    sizes = {name: whole(said.get(name)) for name in ("length", "width", "height")}
    url = absolute(said.get("url"), base)
    if not url or not all(sizes.values()) or said.get("type") != JPEG:
        return None
    words = {name: words_of(said.get(name), NAME) for name in ("alt", "credit")}
    return Picture(url=url, **sizes, **words)


def _source(raw: Raw, base: str) -> Origin | None:
    origin = Origin(
        name=words_of(raw.source_name, NAME),
        url=absolute(raw.source_url, base),
        feed_url=absolute(raw.source_feed_url, base),
    )
    return origin if origin.name or origin.url or origin.feed_url else None


def _language(value: Any) -> str:
    return plain(value, LANGUAGE).replace("_", "-").lower() if len(str(value)) <= LANGUAGE else ""
