"""The names of our log actions."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models.orders import Channel
from .notices import KINDS
from .states import OrderState

UNTOLD, TOLD = "diaspora_registrar.untold", "diaspora_registrar.told"
"""What an applicant without e-mail has to be told, and that they were."""
LOGGED = {
    "received": _("Order received"),
    "assigned": _("Order assigned"),
    "state": _("State of the order changed"),
    "found": _("Record found"),
    "not_found": _("Record not found"),
    "passed_on": _("Passed on to another office"),
    "refused": _("Document refused"),
    "check_again": _("To be checked again"),
    "unanswered": _("No answer came in time"),
    "payment_due": _("Payment asked for"),
    "payment_reported": _("Payment reported by the applicant"),
    "payment_received": _("Payment recorded"),
    "payment_waived": _("Payment waived"),
    "payment_refunded": _("Payment refunded"),
    "issued": _("Paper issued"),
    "reissued": _("Paper issued again"),
    "paper_withdrawn": _("Paper withdrawn"),
    "dispatched": _("Sent by post"),
    "ready_to_collect": _("Ready to collect"),
    "delivered": _("Delivered"),
    "returned": _("Returned by the post"),
    "wrote": _("Message to the applicant"),
    "answered": _("Message from the applicant"),
    "untold": _("No e-mail address, to be told by telephone or post"),
    "told": _("Told by telephone or post"),
    "note": _("Note added"),
    "protocol_number": _("Protocol number set"),
    "email_confirmed": _("E-mail address confirmed"),
    "email_corrected": _("E-mail address corrected"),
    "mail_returned": _("Mail came back"),
    "resent": _("Mail sent again"),
    "email_asked": _("Another e-mail address asked for"),
    "corrected": _("Corrected by the applicant"),
    "office_corrected": _("Corrected by the office"),
    "exported": _("Own data downloaded by the applicant"),
    "opened": _("What was written opened with a one-time code"),
    "request_opened": _("Request to sign downloaded with a one-time code"),
    "files_opened": _("Files from the office opened with a one-time code"),
    "links_revoked": _("Links of the order revoked"),
    "erased": _("Personal data erased"),
}


def label(action: str) -> Any:
    return LOGGED.get(action.removeprefix("diaspora_registrar."), action)


def with_labels(entries: Iterable[Any]) -> list[tuple[Any, str]]:
    """Each entry with what it says; a change of state names both."""
    return [(entry, _said(entry.action, entry.data)) for entry in entries]


def untold(entries: Iterable[Any]) -> list[Any]:
    """What has still to be told, of entries with the newest first."""
    kinds = []
    for entry in entries:
        if entry.action == TOLD:
            break
        if entry.action == UNTOLD:
            kinds.append(KINDS[entry.data["mail"]])
    return list(dict.fromkeys(reversed(kinds)))


def _said(action: str, data: dict) -> str:
    said = str(label(action))
    if "to" in data:
        return f"{said}: {OrderState(data['from']).label} → {OrderState(data['to']).label}"
    if "channel" in data:
        return f"{said}: {Channel(data['channel']).label}"
    if "mail" in data:
        return f"{said}: {KINDS.get(data['mail'], data['mail'])}"
    return f"{said} ({data['item']})" if "item" in data else said
