"""The message templates that a new office starts with, in every language of the citizen.

Public API: `add_message_templates`. An office changes all of it; what it has already is left alone.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.municipalities.models import Municipality

from .models import MessageTemplate
from .shipped import in_all_languages

MESSAGES: tuple[tuple[str, Any, Any], ...] = (
    (
        "better-scan",
        pgettext_lazy("message template", "Better picture of the identity document"),
        _(
            "Please send a better picture of your identity document for order {reference}. "
            "We cannot read the one that we have. Photograph the whole page in daylight, without a flash. "
            "We keep the order open until {date}."
        ),
    ),
    (
        "kinship",
        pgettext_lazy("message template", "Proof of kinship is missing"),
        _(
            "You asked for: {document}. Only the person in the record, close family or a proxy may have it. "
            "Please send a paper that shows what you are to this person ({person}), "
            "for example your own birth extract. We keep the order open until {date}."
        ),
    ),
    (
        "record-not-here",
        pgettext_lazy("message template", "Record not in our registers"),
        _(
            "We looked for the record of this person: {person}. It is not in our registers. "
            "Do you know in which place or parish it was entered? "
            "If another municipality keeps it, we tell you which, and you pay nothing to us."
        ),
    ),
    (
        "payment-not-seen",
        pgettext_lazy("message template", "Payment has not arrived"),
        _(
            "Your payment of {amount} for order {reference} has not arrived yet. "
            "Please send us the confirmation of your bank. "
            "If you have not paid yet, please do it by {date} and write the reference as purpose."
        ),
    ),
    (
        "address-unclear",
        pgettext_lazy("message template", "Postal address unclear"),
        _(
            "We cannot read your postal address with certainty. Please write it again, as the post "
            "in your country writes it: name, street and house number, postcode, town, country. "
            "Until then we keep the papers of order {reference} here."
        ),
    ),
    (
        "office-closed",
        pgettext_lazy("message template", "Office closed for some days"),
        _(
            "Our office is closed for some days. Your order {reference} is kept, and nothing is lost: "
            "we go on as soon as we are back, and write to you."
        ),
    ),
)


def add_message_templates(municipality: Municipality) -> list[MessageTemplate]:
    """Returns those that were added."""
    have = set(municipality.message_templates.values_list("code", flat=True))
    return [
        MessageTemplate.objects.create(
            municipality=municipality,
            code=code,
            name=in_all_languages(name),
            body=in_all_languages(body),
            sort_order=position,
        )
        for position, (code, name, body) in enumerate(MESSAGES)
        if code not in have
    ]
