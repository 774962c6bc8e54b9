"""The mails that ask a newsroom to confirm its address, and a municipality to join a hub.

Public API: `invitation`, `hub_invitation`, `plain_mail`; `unreached`, `unreached_of` (whose mail failed).
"""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import linebreaks, urlize
from django.utils.safestring import mark_safe
from django.utils.translation import pgettext

from wagtail_diaspora.citizens import known_language, served_languages
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.outbox.identity import in_name_of
from wagtail_diaspora.outbox.models import Message

from .. import links
from ..models import Member, Partner
from ..states import MemberState, PartnerState
from .building import Speaker

__all__ = ["hub_invitation", "invitation", "plain_mail", "unreached", "unreached_of"]


def invitation(partner: Partner) -> dict[str, Any]:
    """Arguments of `post_mail`; each generation of links has a mail of its own."""
    language = next(filter(None, map(known_language, partner.languages)), served_languages()[0])
    with translation.override(language):
        speaker = Speaker.of(partner.municipality, language)
        subject = pgettext("press subject", "News of %(municipality)s for your newsroom")
        return {
            "key": _key(partner),
            "subject_key": f"partner:{partner.pk}",
            "related_label": f"partner:{partner.pk}",
            "scope": partner.municipality.scope,
            "to": partner.email,
            "sender": in_name_of(speaker.publisher.name),
            "reply_to": speaker.publisher.email,
            "subject": subject % {"municipality": speaker.publisher.name},
            "language": language,
            **plain_mail("invitation", partner=partner, publisher=speaker.publisher, language=language),
        }


def hub_invitation(member: Member) -> dict[str, Any]:
    """The same; each link has a mail of its own."""
    language = known_language(member.language) or served_languages()[0]
    with translation.override(language):
        speaker = Speaker.of(member.municipality, language)
        subject = pgettext("hub subject", "Your news in the network: %(hub)s")
        publisher, link = speaker.publisher, links.invitation(member)
        return {
            "key": _key(member),
            "subject_key": f"member:{member.pk}",
            "related_label": f"member:{member.pk}",
            "scope": member.municipality.scope,
            "to": member.email,
            "sender": in_name_of(publisher.name),
            "reply_to": publisher.email,
            "subject": subject % {"hub": publisher.name},
            "language": language,
            **plain_mail("hub", member=member, publisher=publisher, link=link, language=language),
        }


def unreached(invited: Iterable[Partner | Member]) -> list[tuple[Partner | Member, Message]]:
    """Those of them whose last invitation did not get there, with the mail."""
    keys = {_key(row): row for row in invited}
    return [
        (keys[mail.key], mail) for mail in Message.objects.failed().filter(key__in=keys).order_by("-ordinal")
    ]


def unreached_of(
    towns: Iterable[Municipality], *, hubs: Iterable[Municipality]
) -> list[tuple[Partner | Member, Message]]:
    """Newsrooms of these municipalities and members of these hubs, of whom an answer is awaited."""
    newsrooms = Partner.objects.filter(municipality__in=towns, state=PartnerState.INVITED)
    members = Member.objects.filter(municipality__in=hubs, state=MemberState.INVITED)
    return unreached([*newsrooms, *members])


def _key(row: Partner | Member) -> str:
    if isinstance(row, Member):
        return f"member:{row.pk}:{row.invitation}"
    return f"partner:{row.pk}:invitation:{row.generation}"


def plain_mail(kind: str, *, room: str = "diaspora_syndication", **context: Any) -> dict[str, str]:
    """Text, and the same words as HTML, for a mail of a few lines."""
    context |= {"newsroom": links.newsroom(context["partner"])} if "partner" in context else {}
    text = render_to_string(f"{room}/mail/{kind}.txt", context).strip() + "\n"
    words = mark_safe(linebreaks(urlize(text, autoescape=True)))  # noqa: S308
    html = render_to_string("diaspora_syndication/mail/plain.html", {**context, "words": words})
    return {"text": text, "html": html}
