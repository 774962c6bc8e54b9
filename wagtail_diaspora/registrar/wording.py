"""What an applicant is told about an order, in whole sentences.

Public API: `next_for`, `told`.
"""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from wagtail_diaspora import dates
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.statements import Statement

from .models import Order
from .states import OrderState, PaymentState

TOLD = {
    "received": gettext_lazy("The office received your order."),
    "payment_due": gettext_lazy("The office asked for the payment."),
    "payment_reported": gettext_lazy("You told the office that you have paid."),
    "payment_received": gettext_lazy("The office received your payment."),
    "payment_waived": gettext_lazy("The office waived the payment."),
    "payment_refunded": gettext_lazy("The office paid the money back."),
    "found": gettext_lazy("Document %(item)s: the record was found."),
    "not_found": gettext_lazy("Document %(item)s: the record was not found."),
    "passed_on": gettext_lazy("Document %(item)s: passed on to another office."),
    "refused": gettext_lazy("Document %(item)s: refused."),
    "issued": gettext_lazy("Document %(item)s: issued."),
    "reissued": gettext_lazy("Document %(item)s: issued again."),
    "paper_withdrawn": gettext_lazy("Document %(item)s: the paper was withdrawn."),
    "dispatched": gettext_lazy("Document %(item)s: sent by post."),
    "ready_to_collect": gettext_lazy("Document %(item)s: ready to collect."),
    "delivered": gettext_lazy("Document %(item)s: delivered."),
    "returned": gettext_lazy("Document %(item)s: returned by the post."),
    "wrote": gettext_lazy("The office wrote to you."),
    "answered": gettext_lazy("You wrote to the office."),
    "email_confirmed": gettext_lazy("You confirmed your e-mail address."),
    "email_asked": gettext_lazy("You asked to use another e-mail address."),
    "corrected": gettext_lazy("You corrected what you had written."),
    "office_corrected": gettext_lazy("The office corrected what was written in your order."),
    "exported": gettext_lazy("You downloaded your data."),
    "opened": gettext_lazy("What you had written was opened with a code."),
    "request_opened": gettext_lazy("The request to sign was downloaded with a code."),
    "files_opened": gettext_lazy("The files from the office were opened with a code."),
}
LOG = Statement(
    "FROM diaspora_municipalities_municipalitylogentry entry WHERE entry.object_id = %s "
    "ORDER BY entry.timestamp DESC, entry.id DESC",
    entry=(MunicipalityLogEntry, "timestamp", "action", "data"),
)


def told(order: Order) -> list[tuple[datetime, str]]:
    """The log of an order as the applicant may read it, in one query, newest first."""
    return list(_told([entry for (entry,) in LOG.rows(str(order.pk))]))


def next_for(order: Order) -> str:
    """What comes next, who does it, and by which day."""
    due = {"day": dates.in_sentence(order.due_on)}
    if order.answer_by and order.state in (OrderState.SUBMITTED, OrderState.WAITING):
        return _awaited(order)
    sentences = {
        OrderState.SUBMITTED: _("A clerk looks for the records. You hear from us by %(day)s."),
        OrderState.IN_REVIEW: _("A clerk looks for the records. You hear from us by %(day)s."),
        OrderState.IN_PREPARATION: _("The office prepares the documents, by %(day)s."),
        OrderState.COMPLETED: _("Your order is completed. Nothing more is expected of you."),
        OrderState.WITHDRAWN: pgettext("order", "You withdrew this order."),
        OrderState.EXPIRED: _("The order was closed because there was no answer in time."),
        OrderState.REFUSED: _("The office refused the order; the reason stands with each document."),
    }
    return sentences[order.state] % due


def _awaited(order: Order) -> str:
    """What the applicant has to do."""
    day = {"day": dates.in_sentence(order.answer_by)}
    if order.payment_state == PaymentState.DUE:
        return _("Please pay. We keep the order open until %(day)s.") % day
    if order.payment_state == PaymentState.REPORTED:
        return _("The office waits for your payment to arrive. You need not do anything.")
    return _("The office waits for your answer. We keep the order open until %(day)s.") % day


def _told(entries: list[MunicipalityLogEntry]) -> Iterator[tuple[datetime, str]]:
    for entry in entries:
        name = entry.action.removeprefix("diaspora_registrar.")
        if name in TOLD:
            yield entry.timestamp, str(TOLD[name]) % {"item": (entry.data or {}).get("item", "")}
