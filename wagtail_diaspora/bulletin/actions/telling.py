"""Municipalities hear that examples of theirs stand in the bulletin of their hub.

Public API: `tell_members(issue)`, `link_to(issue)`, `APPLIES` and what it asks, `is_published`.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import pgettext

from wagtail_diaspora import conf
from wagtail_diaspora.citizens import known_language, served_languages
from wagtail_diaspora.outbox.actions import post_mails
from wagtail_diaspora.outbox.actions.posting import Mail
from wagtail_diaspora.outbox.identity import in_name_of
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.states import State
from wagtail_diaspora.syndication.actions.building import Speaker
from wagtail_diaspora.syndication.actions.inviting import plain_mail
from wagtail_diaspora.syndication.entries import Publisher
from wagtail_diaspora.syndication.models import Edition, Member
from wagtail_diaspora.syndication.states import MemberState

from ..models import Issue
from .contents import examples_in

__all__ = ["APPLIES", "is_published", "link_to", "tell_members"]

APPLIES = "bulletin.issue"


def tell_members(issue: Issue) -> None:
    """In the transaction that publishes it: one mail to each whose example stands in it, after a while."""
    by_source = defaultdict(list)
    for edition in examples_in(issue, "").select_related("item"):
        by_source[edition.item.source_id].append(edition)
    members = Member.objects.filter(source__in=filter(None, by_source), state=MemberState.JOINED)
    publisher = cache(partial(_publisher, issue))
    post_mails(
        _mail(issue, member, by_source[member.source_id], publisher) for member in members.exclude(email="")
    )


def link_to(issue: Issue) -> str:
    with translation.override(None):
        return issue.municipality.root_url + reverse("diaspora_bulletin:issue", args=[issue.number])


def is_published(message: Message) -> bool:
    """Whoever takes an issue back within these minutes has told nobody. What is published anew has mails of
    its own; they go to whom none went before, and whose example stands there still."""
    _word, key, member, moment = message.key.split(":")
    issue = Issue.objects.published().filter(pk=key).select_related("municipality").first()
    if issue is None or _moment(issue) != moment:
        return False
    if Message.objects.about(message.subject_key).filter(state=State.SENT).exists():
        return False
    return examples_in(issue, "").filter(item__source__member=member).exists()


def _publisher(issue: Issue, language: str) -> Publisher:
    return Speaker.of(issue.municipality, language).publisher


def _moment(issue: Issue) -> str:
    return f"{issue.published_at.timestamp():.6f}"


def _mail(
    issue: Issue, member: Member, editions: list[Edition], publisher_in: Callable[[str], Publisher]
) -> Mail:
    language = known_language(member.language) or served_languages()[0]
    with translation.override(language):
        publisher = publisher_in(language)
        subject = pgettext("bulletin subject", "Your example in the bulletin: %(bulletin)s")
        return Mail(
            key=f"issue:{issue.pk}:{member.pk}:{_moment(issue)}",
            subject_key=f"issue:{issue.pk}:{member.pk}",
            scope=issue.municipality.scope,
            to=member.email,
            sender=in_name_of(publisher.name),
            reply_to=publisher.email,
            subject=subject % {"bulletin": publisher.name},
            language=language,
            applies=APPLIES,
            not_before=timezone.now() + timedelta(minutes=conf.PRESS_DELAY_MINUTES),
            **plain_mail(
                "issue",
                room="diaspora_bulletin",
                **_words(issue, member, editions),
                publisher=publisher,
                language=language,
            ),
        )


def _words(issue: Issue, member: Member, editions: list[Edition]) -> dict[str, Any]:
    titles = [edition.title for edition in editions]
    return {"issue": str(issue), "member": member, "titles": titles, "link": link_to(issue)}
