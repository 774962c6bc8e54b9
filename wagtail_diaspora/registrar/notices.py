"""The mails of an order, in the language of whoever reads them.

Each kind is one text template; its HTML is made from the same words when it leaves. A subject holds the
reference and the municipality only.
"""

from dataclasses import replace
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import pgettext, pgettext_lazy

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.outbox.actions import Mail
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.words import say

from . import links
from .models import Draft, Order, RegistrarSettings
from .offer import offer_of

APPLIES = "diaspora_registrar.order"
LINK_APPLIES = "diaspora_registrar.link"
DRAFT_APPLIES = "diaspora_registrar.draft"
KINDS = {
    "received": pgettext_lazy("mail", "Order received"),
    "office": pgettext_lazy("mail", "New order, to the office"),
    "office_message": pgettext_lazy("mail", "New message, to the office"),
    "office_payment": pgettext_lazy("mail", "Payment reported, to the office"),
    "checked": pgettext_lazy("mail", "Records checked, with the payment"),
    "question": pgettext_lazy("mail", "Question to the applicant"),
    "message": pgettext_lazy("mail", "Message to the applicant"),
    "payment_received": pgettext_lazy("mail", "Payment received"),
    "payment_waived": pgettext_lazy("mail", "Payment waived"),
    "reminder": pgettext_lazy("mail", "Reminder before the order is closed"),
    "reopened": pgettext_lazy("mail", "Order taken up again"),
    "dispatched": pgettext_lazy("mail", "Sent by post"),
    "ready_to_collect": pgettext_lazy("mail", "Ready to collect"),
    "returned": pgettext_lazy("mail", "Returned by the post"),
    "withdrawn": pgettext_lazy("mail", "Order withdrawn"),
    "expired": pgettext_lazy("mail", "Order closed without an answer"),
    "code": pgettext_lazy("mail", "One-time code"),
    "link": pgettext_lazy("mail", "Private link"),
    "corrected": pgettext_lazy("mail", "What was corrected, to the address on file"),
    "address_asked": pgettext_lazy("mail", "Another address was asked for, to the old one"),
    "address_changed": pgettext_lazy("mail", "Address changed, to the old one"),
    "confirm_address": pgettext_lazy("mail", "Link that confirms a new address"),
    "office_correction": pgettext_lazy("mail", "Correction by the applicant, to the office"),
}


ASKING = ("checked", "question", "reminder")
"""Mails that ask for something, which nobody should do for an order that has ended."""

NO_NEWS = ("code", "link", "address_asked", "address_changed", "confirm_address")
"""Mails about a mailbox: of no use to somebody who has none."""

OFFICE_SUBJECTS = {
    "office": pgettext_lazy("mail subject", "New order %(reference)s"),
    "office_message": pgettext_lazy("mail subject", "New message, order %(reference)s"),
    "office_payment": pgettext_lazy("mail subject", "Payment reported, order %(reference)s"),
    "office_correction": pgettext_lazy("mail subject", "Correction by the applicant, order %(reference)s"),
}
OWN_QUEUE = {"code": "code", "confirm_address": "new", "link": "link"}
"""Mails that must not wait for earlier ones of the same order, of which one may be held back."""


def mail_to_applicant(order: Order, kind: str, *, once: Any = "", to: str = "", **facts: Any) -> Mail:
    """The order's version, and `once` where that does not change, keep a repeat from doubling it.

    An address may be a stranger's until it is confirmed: no text that the applicant typed stands in a mail.
    """
    facts = {"tracking": links.tracking(order), **facts}
    queue = f":{OWN_QUEUE[kind]}" if kind in OWN_QUEUE else ""
    with translation.override(order.language):
        return Mail(
            key=f"{order.subject_key}:{order.version}:{kind}:{once}",
            subject_key=f"{order.subject_key}{queue}",
            related_label=order.subject_key,
            to=to or order.email,
            subject=pgettext("mail subject", "Order %(reference)s, %(municipality)s")
            % {"reference": order.reference, "municipality": order.municipality},
            applies=APPLIES,
            **_body(order.municipality, kind, order=order, **facts),
        )


def reminder(order: Order) -> Mail:
    """One for each day by which an answer is expected, whatever happens to the order until then."""
    mail = mail_to_applicant(order, "reminder")
    return replace(mail, key=f"{order.subject_key}:{order.answer_by.isoformat()}:reminder:")


def mail_with_link(order: Order, email: str, *, once: Any) -> Mail:
    """Whether the order has that address is looked up when it is sent."""
    return replace(mail_to_applicant(order, "link", to=email, once=once), applies=LINK_APPLIES)


def mail_to_new_address(order: Order) -> Mail:
    """Without the order's own link, which an address gets when it is confirmed."""
    facts = {"to": order.new_email, "tracking": "", "confirm": links.confirm(order, order.new_email)}
    return mail_to_applicant(order, "confirm_address", **facts)


def kind_of(message: Message) -> str:
    """What a mail of an order is about: one of KINDS."""
    parts = message.key.split(":")
    return parts[3] if len(parts) > 3 else ""


def mail_to_resume(draft: Draft, email: str) -> Mail:
    with translation.override(draft.language):
        return Mail(
            key=f"draft:{draft.pk}:{draft.version}:resume",
            subject_key=f"draft:{draft.pk}",
            related_label=f"draft:{draft.pk}",
            applies=DRAFT_APPLIES,
            to=email,
            subject=pgettext("mail subject", "Your order is kept, %(municipality)s")
            % {"municipality": draft.municipality},
            **_body(draft.municipality, "resume", resume=links.resume(draft), until=draft.expires_at),
        )


def mails_on_receipt(order: Order, submission: Any) -> list[Mail]:
    mails = []
    if order.email:
        confirm = links.confirm(order, order.email) if order.email_confirmed_at is None else ""
        mails.append(mail_to_applicant(order, "received", confirm=confirm, asked=submission.items))
    if submission.user is None:
        mails += mails_to_office(order, "office", submission.settings)
    return mails


def mails_to_office(order: Order, kind: str, settings: RegistrarSettings) -> list[Mail]:
    """To where the office wants to hear of it, and to whoever stands in for it today."""
    deputies = offer_of(settings).calendar.deputies_on(timezone.localdate())
    mailboxes = [settings.notice_email, *(closed.deputy_email for closed in deputies)]
    known = dict.fromkeys(filter(None, mailboxes))
    return [mail_to_office(order, kind, mailbox, once=place or "") for place, mailbox in enumerate(known)]


def mail_to_office(order: Order, kind: str, mailbox: str, *, once: Any = "") -> Mail:
    """Says that there is something to do, and nothing about whom."""
    with translation.override(next(iter(order.municipality.office_languages), None)):
        return Mail(
            key=f"{order.subject_key}:{order.version}:{kind}:{once}",
            subject_key=f"{order.subject_key}:office{once}",
            related_label=order.subject_key,
            to=mailbox,
            subject=OFFICE_SUBJECTS[kind] % {"reference": order.reference},
            applies=APPLIES,
            **_body(order.municipality, kind, order=order, desk=links.desk(order)),
        )


def _body(municipality: Municipality, kind: str, **context: Any) -> dict:
    language = translation.get_language()
    context |= {
        "municipality": municipality,
        "office": say(municipality.office, language),
        "language": language,
    }
    text = render_to_string(f"diaspora_registrar/mail/{kind}.txt", context).strip() + "\n"
    return {
        "text": text,
        "frame": "diaspora_registrar/mail/letter.html",
        "heading": str(municipality),
        "reply_to": municipality.email,
        "scope": municipality.scope,
        "language": language,
    }
