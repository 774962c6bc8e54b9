"""A partner's own feeds: what it chose, in its script, and what it may have."""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.utils import translation

from .. import addresses, tokens
from ..entries import Entry
from ..formats import FORMATS
from ..models import Channel, FeedFile, Partner
from ..states import Way
from .building import FEED_LENGTH, kept_back_in, told_in
from .scripting import in_script, language_in

__all__ = ["private_files"]


def private_files(channel: Channel, writer: Callable[..., Any]) -> Iterator[FeedFile]:
    """`writer` is how the files of a channel are written in one language."""
    readers = Partner.objects.confirmed().filter(municipality=channel.municipality_id, way=Way.FEED)
    for partner in readers.prefetch_related("topics"):
        language = language_in(partner.script, channel.language)
        if not partner.languages or channel.language in partner.languages:
            with translation.override(language):
                written = partial(in_script, script=partner.script, language=channel.language)
                yield from _files(partner, channel, writer(channel, language, written=written))


def _files(partner: Partner, channel: Channel, writer: Any) -> Iterator[FeedFile]:
    editions = told_in(channel)
    if partner.takes_embargoed:
        editions = sorted([*editions, *kept_back_in(channel)], key=lambda one: -one.number)
    entries = [(number, entry) for number, entry in writer.entries(editions) if _wants(partner, entry)]
    token, way = tokens.partner_token(partner), _way_of(partner)
    for form in FORMATS.values():
        path = addresses.private_path(token, channel.language, form)
        file = writer.file(path, form, entries[:FEED_LENGTH], partner=partner)
        file.etag = f"{file.etag}.{way}"
        yield file


def _wants(partner: Partner, entry: Entry) -> bool:
    """As in the feeds for everybody, a withdrawn item says so wherever it may have stood."""
    chosen = {topic.code for topic in partner.topics.all()}
    return entry.withdrawn or not chosen or bool(chosen & {topic.code for topic in entry.topics})


def _way_of(partner: Partner) -> str:
    """Part of the validator: another choice is another feed, whatever its number."""
    topics = sorted(topic.code for topic in partner.topics.all())
    chosen = repr((partner.script, partner.takes_embargoed, topics))
    return hashlib.sha256(chosen.encode()).hexdigest()[:12]
