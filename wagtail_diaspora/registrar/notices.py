"""The mails of an order, in the language of whoever reads them.

Each kind is one text template; its HTML is made from the same words. A subject holds the reference and
the municipality only.
"""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import linebreaks, urlize
from django.utils.safestring import mark_safe
from django.utils.translation import pgettext, pgettext_lazy

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.outbox.actions import Mail
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.words import say

from . import links
from .models import Draft, Order

APPLIES = "diaspora_registrar.order"
KINDS = {
    "received": pgettext_lazy("mail", "Order received"),
    "office": pgettext_lazy("mail", "New order, to the office"),
    "checked": pgettext_lazy("mail", "Records checked, with the payment"),
    "question": pgettext_lazy("mail", "Question to the applicant"),
    "message": pgettext_lazy("mail", "Message to the applicant"),
    "payment_received": pgettext_lazy("mail", "Payment received"),
    "dispatched": pgettext_lazy("mail", "Sent by post"),
    "ready_to_collect": pgettext_lazy("mail", "Ready to collect"),
    "returned": pgettext_lazy("mail", "Returned by the post"),
    "withdrawn": pgettext_lazy("mail", "Order withdrawn"),
    "expired": pgettext_lazy("mail", "Order closed without an answer"),
    "code": pgettext_lazy("mail", "One-time code"),
    "link": pgettext_lazy("mail", "Private link"),
}


def mail_to_applicant(order: Order, kind: str, *, once: Any = "", **facts: Any) -> Mail:
    """The order's version, and `once` where that does not change, keep a repeat from doubling it."""
    with translation.override(order.language):
        return Mail(
            key=f"{order.subject_key}:{order.version}:{kind}:{once}",
            subject_key=order.subject_key,
            related_label=order.subject_key,
            to=order.email,
            subject=pgettext("mail subject", "Order %(reference)s, %(municipality)s")
            % {"reference": order.reference, "municipality": order.municipality},
            applies=APPLIES,
            **_body(order.municipality, kind, order=order, tracking=links.tracking(order), **facts),
        )


def kind_of(message: Message) -> Any:
    """What a mail of an order is about."""
    kind = message.key.split(":")[3]
    return KINDS.get(kind, kind)


def mail_to_resume(draft: Draft, email: str) -> Mail:
    with translation.override(draft.language):
        return Mail(
            key=f"draft:{draft.pk}:{draft.version}:resume",
            subject_key=f"draft:{draft.pk}",
            to=email,
            subject=pgettext("mail subject", "Your order is kept, %(municipality)s")
            % {"municipality": draft.municipality},
            **_body(draft.municipality, "resume", resume=links.resume(draft), until=draft.expires_at),
        )


def mails_on_receipt(order: Order, submission: Any) -> list[Mail]:
    mails = []
    if order.email:
        confirm = links.confirm(order) if order.email_confirmed_at is None else ""
        mails.append(mail_to_applicant(order, "received", confirm=confirm, asked=submission.items))
    if submission.settings.notice_email:
        mails.append(_mail_to_office(order, submission.settings.notice_email))
    return mails


def _mail_to_office(order: Order, mailbox: str) -> Mail:
    """Says that there is something to do, and nothing about whom."""
    with translation.override(next(iter(order.municipality.office_languages), None)):
        return Mail(
            key=f"{order.subject_key}:{order.version}:office:",
            subject_key=f"{order.subject_key}:office",
            related_label=order.subject_key,
            to=mailbox,
            subject=pgettext("mail subject", "New order %(reference)s") % {"reference": order.reference},
            applies=APPLIES,
            **_body(order.municipality, "office", order=order),
        )


def _body(municipality: Municipality, kind: str, **context: Any) -> dict:
    language = translation.get_language()
    context |= {
        "municipality": municipality,
        "office": say(municipality.office, language),
        "language": language,
    }
    text = render_to_string(f"diaspora_registrar/mail/{kind}.txt", context).strip() + "\n"
    letter = mark_safe(linebreaks(urlize(text, autoescape=True)))  # noqa: S308
    html = render_to_string("diaspora_registrar/mail/letter.html", {**context, "letter": letter})
    return {
        "text": text,
        "html": html,
        "reply_to": municipality.email,
        "scope": municipality.scope,
        "language": language,
    }
