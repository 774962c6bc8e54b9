"""A partner's own feeds: what it chose, in its script, and what it may have."""

import hashlib
from collections.abc import Mapping
from functools import partial

from django.utils import translation

from .. import addresses, tokens
from ..entries import Entry
from ..formats import FORMATS
from ..models import Channel, Partner
from ..states import Way
from .building import FEED_LENGTH, kept_back_in, told_in
from .scripting import in_script, language_in
from .writing import Files, Writer

__all__ = ["private_files"]


def private_files(channel: Channel, kept: Mapping[str, str]) -> Files:
    """`kept` has the digests of the files that are there."""
    readers = Partner.objects.confirmed().filter(municipality=channel.municipality_id, way=Way.FEED)
    for partner in readers.prefetch_related("topics"):
        language = language_in(partner.script, channel.language)
        if not partner.languages or channel.language in partner.languages:
            with translation.override(language):
                yield from _files(partner, _writer(partner, channel, language, kept))


def _writer(partner: Partner, channel: Channel, language: str, kept: Mapping[str, str]) -> Writer:
    written = partial(in_script, script=partner.script, language=channel.language)
    choice = _choice_of(partner)
    return Writer(channel, language, kept=kept, written=written, partner=partner, choice=choice)


def _files(partner: Partner, writer: Writer) -> Files:
    channel = writer.channel
    editions = told_in(channel)
    if partner.takes_embargoed:
        editions = sorted([*editions, *kept_back_in(channel)], key=lambda one: -one.number)
    chosen = {topic.code for topic in partner.topics.all()}
    wanted = [line for line in writer.lines(editions) if _wants(chosen, line.entry)]
    lines = writer.entered(wanted, chosen)
    token = tokens.partner_token(partner)
    for form in FORMATS.values():
        path = addresses.kept_path(addresses.private_path(token, channel.language, form))
        yield writer.selected(path, form, lines[:FEED_LENGTH])


def _wants(chosen: set[str], entry: Entry) -> bool:
    """As in the feeds for everybody, a withdrawn item says so wherever it may have stood."""
    return entry.withdrawn or not chosen or bool(chosen & {topic.code for topic in entry.topics})


def _choice_of(partner: Partner) -> str:
    """Part of the validator: another choice is another feed, whatever its number."""
    topics = sorted(topic.code for topic in partner.topics.all())
    chosen = repr((partner.script, partner.takes_embargoed, topics, partner.chosen_at))
    return hashlib.sha256(chosen.encode()).hexdigest()[:12]
