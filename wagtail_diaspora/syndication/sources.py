"""Which words of a host's page are its news, without a change to the host's models.

Public API: `register_source(BlogPage, title=…, summary=…, body=…, image=…, date=…)`, `source_of(page)`,
`registered()`, `Content`, `read(page)`, `mark_of(image)`.

A value is the name of a field or attribute of the page, or a callable that takes the page. What is left out
is guessed from the names and kinds of the model's fields, so that any page can be news; a registered type is
also looked through for published pages that nobody has decided about.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time
from functools import cache
from typing import Any
from urllib.parse import urljoin

from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page, get_page_models

from .markup import as_html, as_lines, as_sentences, as_text, outward, running
from .states import Kind

__all__ = [
    "Content",
    "Source",
    "mark_of",
    "read",
    "register_source",
    "registered",
    "relations_of",
    "source_of",
]

Value = str | Callable[[Page], Any]
SUMMARIES = (
    *("summary", "introduction", "intro", "lead", "lede", "excerpt", "teaser", "subtitle", "standfirst"),
    *("uvod", "sazetak", "najava", "podnaslov"),
)
BODIES = ("body", "content", "text", "main_content", "article", "story", "tijelo", "tekst", "sadrzaj")
IMAGES = (
    *("picture", "image", "photo", "main_image", "header_image", "hero_image", "feed_image", "lead_image"),
    *("cover", "cover_image", "thumbnail"),
    *("naslovna_slika", "glavna_slika", "naslovna", "slika", "fotografija"),
)
DATES = (
    *("published_on", "date", "publication_date", "published_at", "post_date", "date_published"),
    *("datum_objave", "objavljeno", "datum"),
)
AUTHORS = ("author_name", "byline", "author", "autor")
SUMMARY_WORDS = 40


@dataclass(frozen=True, kw_only=True)
class Source:
    """How the pages of one model are read. An empty value is one that the model does not have."""

    model: type[Page]
    kind: str | Callable[[Page], str] = Kind.NEWS
    title: Value = "title"
    summary: Value = ""
    body: Value | tuple[Value, ...] = ()
    image: Value = ""
    image_credit: Value = ""
    date: Value = ""
    author: Value = ""
    topics: Value = ""
    starts_at: Value = ""
    ends_at: Value = ""
    place: Value = ""
    radio_script: Value = ""
    pronunciation: Value = ""
    sound: Value = ""
    example: Callable[[Page], dict[str, Any]] | None = None
    """Of good practice: problem, partners, cost and result."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a page says, in values that JSON can hold; `body` is clean HTML with absolute addresses."""

    title: str
    url: str
    published_at: str
    kind: str = Kind.NEWS
    summary: str = ""
    body: str = ""
    author: str = ""
    topics: list[str] = field(default_factory=list)
    image: dict[str, Any] = field(default_factory=dict)
    happening: dict[str, str] = field(default_factory=dict)
    radio_script: str = ""
    pronunciation: str = ""
    sound: dict[str, Any] = field(default_factory=dict)
    example: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()


def register_source(model: type[Page], **values: Any) -> None:
    """For that type of pages and those derived from it. Topics are rows of `municipalities.Topic`.

    Raises TypeError for a model that is no page, and for a value of an unknown name.
    """
    if not (isinstance(model, type) and issubclass(model, Page)):
        raise TypeError(f"{model!r} is not a type of pages.")
    _registered[model] = replace(_guess(model), **values)


def registered() -> list[type[Page]]:
    """The types of pages that are registered, or derived from one that is."""
    return [model for model in get_page_models() if issubclass(model, tuple(_registered))]


def source_of(page: Page) -> Source:
    """Of a specific page: as registered for its type or for the nearest above it, else guessed."""
    return _of(type(page))


def relations_of(model: type[Page]) -> list[str]:
    """Names of the relations that reading a page of this type follows."""
    fields = {f.name for f in model._meta.get_fields() if f.is_relation}
    followed = (_of(model).image, _of(model).sound, _of(model).topics)
    return [value for value in followed if value in fields]


def _of(model: type[Page]) -> Source:
    return next((_registered[base] for base in model.__mro__ if base in _registered), None) or _guess(model)


def read(page: Page, *, url: str) -> Content:
    """What a specific page says now. `url` is its absolute address, from which relative ones lead on."""
    source = source_of(page)
    get = _getter(page)
    body = outward(
        "".join(as_html(get(one), rich=_is_rich(page, one)) for one in _many(source.body)), base=url
    )
    summary = as_sentences(str(get(source.summary) or page.search_description))
    return Content(
        kind=source.kind(page) if callable(source.kind) else source.kind,
        title=as_text(get(source.title)),
        url=url,
        published_at=_moment(get(source.date) or page.first_published_at),
        summary=summary or Truncator(as_sentences(running(body))).words(SUMMARY_WORDS),
        body=body,
        author=as_text(get(source.author)),
        topics=sorted(topic.code for topic in _all(get(source.topics))),
        image=_image(get(source.image), as_text(get(source.image_credit))),
        happening=_happening(get, source),
        radio_script=as_lines(as_html(get(source.radio_script))),
        pronunciation=as_lines(as_html(get(source.pronunciation))),
        sound=_sound(get(source.sound), base=url),
        example=_example(source.example(page)) if source.example else {},
    )


def _getter(page: Page) -> Callable[[Value], Any]:
    def get(value: Value) -> Any:
        if callable(value):
            return value(page)
        found = getattr(page, value) if value else None
        return found() if callable(found) else found

    return get


def _many(body: Value | tuple[Value, ...]) -> Iterable[Value]:
    return body if isinstance(body, tuple) else (body,)


def _all(related: Any) -> Iterable[Any]:
    return related.all() if hasattr(related, "all") else related or ()


def _is_rich(page: Page, value: Value) -> bool:
    """Whether a string there is rich text as the database keeps it."""
    if callable(value) or value not in {f.name for f in page._meta.get_fields()}:
        return False
    return isinstance(page._meta.get_field(value), RichTextField)


def _moment(value: Any) -> str:
    """A day without an hour begins at midnight of the site's clock. Empty where nobody knows."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if value and timezone.is_naive(value):
        value = timezone.make_aware(value)
    return value.isoformat() if value else ""


def _image(image: Any, credit: str) -> dict[str, Any]:
    """The key and state of the file: another picture in the same row is another content."""
    if image is None:
        return {}
    alt = as_text(getattr(image, "description", "") or "")
    return {"id": image.pk, "file": image.file.name, "hash": mark_of(image), "alt": alt, "credit": credit}


def mark_of(image: Any) -> str:
    """By which another file is known; scripts that add images leave out the hash."""
    return image.file_hash or image.file.name


def _happening(get: Callable, source: Source) -> dict[str, str]:
    starts_at = get(source.starts_at)
    if not starts_at:
        return {}
    ends_at = get(source.ends_at)
    ends = {"ends_at": _moment(ends_at)} if ends_at else {}
    return {"starts_at": _moment(starts_at), "place": as_text(get(source.place)), **ends}


def _example(facts: dict[str, Any]) -> dict[str, str]:
    return {name: as_sentences(as_html(value)) for name, value in facts.items() if value}


def _sound(document: Any, *, base: str) -> dict[str, Any]:
    if document is None:
        return {}
    return {
        "url": urljoin(base, document.url),
        "length": document.get_file_size() or 0,
        "content_type": document.content_type,
    }


@cache
def _guess(model: type[Page]) -> Source:
    own = [f for f in model._meta.get_fields() if getattr(f, "model", Page) is not Page]
    fields = {f.name: f for f in own if isinstance(f, models.Field)}
    written = [name for name, f in fields.items() if isinstance(f, StreamField | RichTextField)]
    named = next((name for name in BODIES if name in fields), "")
    summary = _first(SUMMARIES, fields)
    return Source(
        model=model,
        summary=summary,
        body=(named,) if named else tuple(name for name in written if name != summary),
        image=_first(IMAGES, _images(fields)) or next(iter(_images(fields)), ""),
        date=_first(DATES, {n: f for n, f in fields.items() if isinstance(f, models.DateField)}),
        author=_first(AUTHORS, {n: f for n, f in fields.items() if isinstance(f, models.CharField)}),
    )


def _images(fields: dict[str, Any]) -> dict[str, Any]:
    return {n: f for n, f in fields.items() if f.is_relation and f.related_model is get_image_model()}


def _first(names: Iterable[str], fields: dict[str, Any]) -> str:
    return next((name for name in names if name in fields), "")


_registered: dict[type[Page], Source] = {}
