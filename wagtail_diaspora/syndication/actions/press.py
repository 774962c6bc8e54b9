"""The mail that a newsroom gets: one item, or a day's, in the language of the news.

Public API: `letter(partner, lines, …)`, `is_ours(message)`, `APPLIES`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cached_property
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from wagtail_diaspora.outbox.actions import Mail
from wagtail_diaspora.outbox.identity import in_name_of
from wagtail_diaspora.outbox.models import Message

from .. import links
from ..entries import Entry
from ..markup import as_lines
from ..models import Delivery, Edition, Partner
from ..states import AT_ONCE_TOLD, ChangeKind
from .building import Speaker, entry_of
from .scripting import in_script, words_in_script

__all__ = ["APPLIES", "LABEL", "Story", "is_ours", "letter"]

APPLIES = "diaspora_syndication.press"
LABEL = "news:"
"""How the key and the label of a mail begin; in the label the item follows, unless it holds several."""
SUBJECTS = {
    ChangeKind.EMBARGOED: pgettext_lazy("press subject", "EMBARGO: %(headline)s"),
    ChangeKind.CORRECTED: pgettext_lazy("press subject", "CORRECTION: %(headline)s"),
    ChangeKind.WITHDRAWN: pgettext_lazy("press subject", "WITHDRAWN: %(headline)s"),
}


def letter(
    partner: Partner,
    lines: list[Delivery],
    *,
    speaker: Speaker,
    replies_to: dict[int, str],
    examples: Iterable[Edition] = (),
) -> Mail:
    """`replies_to` has, by edition, the Message-ID of the first mail about it; `examples` are proposed."""
    first, language = lines[0], speaker.language
    with translation.override(language):
        stories = [_story(partner, line, speaker) for line in lines]
        context = {
            "stories": stories,
            "examples": [_example(partner, edition) for edition in examples],
            "partner": partner,
            "publisher": speaker.publisher,
            "language": language,
            "subject": _subject(stories, speaker),
            "newsroom": links.newsroom(partner),
        }
        words = {
            "subject": context["subject"],
            "text": render_to_string("diaspora_syndication/mail/press.txt", context).strip() + "\n",
            "html": render_to_string("diaspora_syndication/mail/press.html", context),
        }
    return Mail(
        key=f"{LABEL}{partner.pk}:{first.pk}:{first.attempt}",
        subject_key=f"news:{partner.pk}",
        related_label=f"{LABEL}{first.edition.item_id}" if len(lines) == 1 else LABEL,
        scope=partner.municipality.scope,
        to=partner.email,
        sender=in_name_of(speaker.publisher.name),
        reply_to=speaker.publisher.email,
        language=language,
        applies=APPLIES,
        attachments=[line.attachment for line in lines if line.attachment],
        headers=_headers(partner, first, replies_to),
        **words,
    )


def is_ours(message: Message) -> bool:
    return message.key.startswith(LABEL)


@dataclass(frozen=True)
class Story:
    """One item as the templates ask for it."""

    partner: Partner
    line: Delivery
    entry: Entry
    speaker: Speaker
    headline: str
    """Of a withdrawn item the words that were sent: nothing else says which one it was."""

    @property
    def marked_headline(self) -> str:
        return SUBJECTS.get(self.line.kind, "%(headline)s") % {"headline": self.headline}

    @property
    def text(self) -> str:
        return as_lines(self.entry.body)

    @cached_property
    def contact(self) -> str:
        """Of whoever published it, where that is known; else of who passes it on."""
        settings, theirs = self.speaker.settings, self.entry.publisher
        if self.entry.origin and (theirs.phone or theirs.email):
            return ", ".join(filter(None, [theirs.name, theirs.phone, theirs.email]))
        publisher = self.speaker.publisher
        usual = filter(None, [settings.contact_name, publisher.phone, publisher.email])
        return self.line.edition.item.contact or ", ".join(usual)

    @property
    def receipt(self) -> str:
        return links.receipt(self.partner, self.line)


def _story(partner: Partner, line: Delivery, speaker: Speaker) -> Story:
    how = {"script": partner.script, "language": line.edition.language}
    entry = in_script(entry_of(line.edition, speaker), **how)
    return Story(partner, line, entry, speaker, headline=words_in_script(line.title, **how))


def _example(partner: Partner, edition: Edition) -> dict[str, str]:
    title = words_in_script(edition.title, script=partner.script, language=edition.language)
    return {"title": title, "url": edition.content["url"]}


def _subject(stories: list[Story], speaker: Speaker) -> str:
    if len(stories) == 1:
        return stories[0].marked_headline
    news = ngettext("%(count)d item for the diaspora", "%(count)d items for the diaspora", len(stories))
    return pgettext("press subject", "%(municipality)s: %(news)s") % {
        "municipality": speaker.publisher.name,
        "news": news % {"count": len(stories)},
    }


def _headers(partner: Partner, first: Delivery, replies_to: dict[int, str]) -> dict[str, str]:
    headers = {
        "List-Id": f"<{partner.municipality.code}.news.{_host(partner)}>",
        "List-Unsubscribe": f"<{links.leave(partner)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    answered = replies_to.get(first.edition_id)
    if first.kind in AT_ONCE_TOLD and answered:
        headers |= {"In-Reply-To": answered, "References": answered}
    return headers


def _host(partner: Partner) -> str:
    """In ASCII, as some newsroom software reads nothing else."""
    host = urlsplit(partner.municipality.root_url).hostname or parseaddr(partner.municipality.email)[1]
    return host.rpartition("@")[2].encode("idna").decode("ascii")
