"""From a stored message to an e-mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, linebreaks, urlize
from django.utils.safestring import mark_safe

from wagtail_diaspora import conf
from wagtail_diaspora.vault import files
from wagtail_diaspora.vault.models import PrivateFile

from ..categories import Category
from ..exceptions import Refused
from .subjects import LONGEST_LINE, encoded_whole, keeping_subjects_whole

if TYPE_CHECKING:
    from ..models import Message

__all__ = ["METADATA_KEY", "build"]

LINKABLE = re.compile(r"\S[.:@]\S")
METADATA_KEY = "diaspora_message"
"""What django-anymail hands to the service that sends, and gets back with its events. Postmark allows 20."""


class OutboxEmail(EmailMultiAlternatives):
    def message(self, **options: Any):
        """Django 6 passes a policy; Django 5.2 folds by the policy of the message that it made."""
        if "policy" in options:
            options["policy"] = keeping_subjects_whole(options["policy"])
            return super().message(**options)
        email = super().message()
        email.policy = email.policy.clone(max_line_length=LONGEST_LINE)
        email.replace_header("Subject", self.subject)
        return email


def build(message: Message) -> OutboxEmail:
    """Raises `Refused` for an address that cannot be right and for an attachment that is gone."""
    payload = message.payload
    sender = payload["sender"] or conf.DEFAULT_FROM_EMAIL or settings.DEFAULT_FROM_EMAIL
    email = OutboxEmail(
        subject=encoded_whole(payload["subject"]),
        body=payload["text"],
        from_email=conf.OUTBOX_RETURN_ADDRESS or sender,
        to=[checked_address(message.recipient)],
        reply_to=[payload["reply_to"]],
        headers=headers(message, payload, sender),
    )
    email.metadata = {METADATA_KEY: str(message.pk)}
    if html := payload["html"] or framed(payload):
        email.attach_alternative(html, "text/html")
    attach(email, payload["attachments"])
    return email


def framed(payload: dict) -> str:
    """The text as a letter, in a template that has `letter`, `heading` and `language`; empty without one."""
    if not payload["frame"]:
        return ""
    letter = mark_safe(linebreaks(linked(payload["text"])))  # noqa: S308
    said = {"letter": letter, "heading": payload["heading"], "language": payload["language"]}
    with translation.override(payload["language"] or None):
        return render_to_string(payload["frame"], said)


def linked(text: str) -> str:
    """Escaped, with links where a line may have any."""
    lines = (
        urlize(line, autoescape=True) if LINKABLE.search(line) else escape(line) for line in text.split("\n")
    )
    return "\n".join(lines)


def headers(message: Message, payload: dict, sender: str) -> dict[str, str]:
    """Ours come last: a caller cannot change the identity of a message.

    Beside a header From, Django's `from_email` is the address to which mail servers return the mail.
    """
    language = {"Content-Language": payload["language"]} if payload["language"] else {}
    own = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    returned = {"From": sender} if conf.OUTBOX_RETURN_ADDRESS else {}
    return payload["headers"] | language | own | returned


def checked_address(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(Category.BAD_ADDRESS) from None
    return address


def attach(email: OutboxEmail, ids: list[str]) -> None:
    found = PrivateFile.objects.in_bulk(ids)
    for file in (found.get(key) for key in map(PrivateFile._meta.pk.to_python, ids)):
        if file is None:
            raise Refused(Category.ATTACHMENT_MISSING)
        email.attach(file.name, files.read(file), file.content_type)
