import re
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from wagtail_diaspora.outbox.models import Message

from .. import links, notices
from ..answers import document_language as language_of
from ..flow import name_of
from ..forms.case import MessageForm
from ..models import Draft
from ..sentences import reading

INITIAL = re.compile(r"(?<!\S)(?:dž|lj|nj|[^\W\d_])", re.IGNORECASE)

WRITE_URL, TOKEN, KEY = "diaspora-write-url", "diaspora-csrf-token", UUID(int=4)

register = template.Library()


@register.simple_tag
def diaspora_address(name: str, **keys: Any) -> str:
    """The path of a citizen's page, the same in every language; cookies are set for that one."""
    return links.address(name, **keys)


@register.simple_tag
def diaspora_step_url(draft: Draft, step: str, number: int | None = None) -> str:
    return links.address(step, draft=draft.pk, **({} if number is None else {"number": number}))


@register.simple_tag(takes_context=True)
def diaspora_empty_message_form(context: Context, write_url: str) -> SafeString:
    """The form below the messages, before anybody has written in it."""
    written = _message_form(get_language()).replace(str(KEY), str(uuid4()))
    written = written.replace(TOKEN, str(context["csrf_token"])).replace(WRITE_URL, escape(write_url))
    return mark_safe(written)  # noqa: S308


@lru_cache(maxsize=32)
def _message_form(language: str) -> str:
    """Kept by each process, with gaps for what is one visitor's."""
    form = MessageForm(initial={"key": KEY})
    context = {"message_form": form, "write_url": WRITE_URL, "csrf_token": TOKEN}
    return render_to_string("diaspora_registrar/case/message_form.html", context)


@register.filter
def masked_email(address: str) -> str:
    """Enough for whoever knows the address, too little for whoever has only the link."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}•••@{domain}"


@register.filter
def full_name(facts: dict) -> str:
    return name_of(facts)


@register.filter
def initials(facts: dict) -> str:
    """Enough for a parent to tell two children apart, too little for whoever has only the link."""
    return " ".join(f"{letter}." for letter in INITIAL.findall(name_of(facts)))


@register.filter
def document_language(code: str) -> Any:
    return language_of(code)


@register.filter
def in_your_language(text: str) -> str:
    """A message with the applicant's ready sentences as the clerk reads them; empty if it is so already."""
    return reading(text)


@register.filter
def mail_kind(message: Message) -> Any:
    kind = notices.kind_of(message)
    return notices.KINDS.get(kind, kind)
