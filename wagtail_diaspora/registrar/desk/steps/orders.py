"""What is done with the whole order."""

from django.utils.translation import pgettext_lazy

from wagtail_diaspora.municipalities.models import MunicipalityLogEntry

from ... import actions, logged, states
from ...models import Order
from ...states import ItemState, OrderState
from .. import corrections, forms, writing
from ..base import ERASE
from .step import Step, may_go

I, O = ItemState, OrderState  # noqa: E741


def _alive(order: Order) -> bool:
    return order.state not in states.ENDED


def _is_answered(order: Order) -> bool:
    """Whether the applicant wrote or corrected anything since the order came."""
    own = {"from_applicant": True}
    return order.thread.filter(**own).exists() or order.corrections.filter(**own).exists()


def _sendable(order: Order) -> bool:
    if order.delivery_method != "post":
        return False
    return any(may_go(order, item, I.DISPATCHED) for item in order.items.all())


def _is_untold(order: Order) -> bool:
    if order.email:
        return False
    entries = MunicipalityLogEntry.objects.filter(object_id=str(order.pk))
    return bool(logged.untold(entries.filter(action__in=(logged.TOLD, logged.UNTOLD))))


ORDER_STEPS = (
    Step(
        "take",
        pgettext_lazy("clerk's action", "Take it"),
        actions.take,
        when=lambda o: _alive(o) and o.assignee_id is None,
        undo="assign",
    ),
    Step(
        "dispatch",
        pgettext_lazy("clerk's action", "Send by post"),
        actions.dispatch,
        forms.ItemsForm,
        when=_sendable,
    ),
    Step(
        "payment",
        pgettext_lazy("clerk's action", "Record the payment"),
        actions.record_payment,
        forms.ReceivedForm,
        when=lambda o: o.balance_minor > 0 or not _alive(o),
    ),
    Step(
        "waive",
        pgettext_lazy("clerk's action", "Waive the payment"),
        actions.waive_payment,
        when=lambda o: _alive(o) and o.balance_minor > 0,
        warning=pgettext_lazy(
            "clerk's action",
            "The applicant is told that nothing more has to be paid for this order.",
        ),
    ),
    Step(
        "refund",
        pgettext_lazy("clerk's action", "Record a refund"),
        actions.record_refund,
        forms.RefundedForm,
        when=lambda o: o.paid_minor > 0,
    ),
    Step(
        "ask",
        pgettext_lazy("clerk's action", "Ask the applicant"),
        actions.ask_applicant,
        writing.WriteForm,
        when=lambda o: o.state in (O.SUBMITTED, O.IN_REVIEW, O.WAITING, O.IN_PREPARATION),
    ),
    Step(
        "write",
        pgettext_lazy("clerk's action", "Write to the applicant"),
        actions.write_to_applicant,
        writing.WriteForm,
    ),
    Step(
        "read",
        pgettext_lazy("clerk's action", "Mark as read"),
        actions.mark_read,
        when=lambda o: o.unread_messages > 0,
        undo="unread",
    ),
    Step(
        "unread",
        pgettext_lazy("clerk's action", "Mark as unread"),
        actions.mark_unread,
        when=lambda o: o.unread_messages == 0 and _is_answered(o),
    ),
    Step(
        "answer",
        pgettext_lazy("clerk's action", "Enter an answer"),
        actions.enter_answer,
        writing.AnswerForm,
        when=lambda o: o.is_open,
    ),
    Step(
        "told",
        pgettext_lazy("clerk's action", "The applicant was told"),
        actions.note_told,
        when=_is_untold,
        panel="untold",
    ),
    Step(
        "email",
        pgettext_lazy("clerk's action", "Correct the e-mail address"),
        actions.correct_email,
        writing.EmailForm,
        warning=pgettext_lazy(
            "clerk's action",
            "Every link mailed so far stops working. A new one is sent to the address that you write.",
        ),
        panel="applicant",
    ),
    Step(
        "correct-applicant",
        pgettext_lazy("clerk's action", "Correct name, country or purpose"),
        actions.correct_applicant,
        corrections.ApplicantForm,
        when=lambda o: actions.may_correct_applicant(o, [], office=True),
        panel="applicant",
    ),
    Step(
        "correct-phone",
        pgettext_lazy("clerk's action", "Correct the telephone number"),
        actions.correct_phone,
        corrections.PhoneForm,
        when=lambda o: states.contact_may_change(o.state),
        panel="applicant",
    ),
    Step(
        "correct-address",
        pgettext_lazy("clerk's action", "Correct the delivery address"),
        actions.correct_address,
        corrections.AddressForm,
        when=lambda o: actions.may_correct_address(o, [], office=True),
        panel="applicant",
    ),
    Step("note", pgettext_lazy("clerk's action", "Add a note"), actions.add_note, writing.NoteForm),
    Step(
        "protocol",
        pgettext_lazy("clerk's action", "Protocol number"),
        actions.set_protocol_number,
        forms.ProtocolForm,
    ),
    Step("assign", pgettext_lazy("clerk's action", "Assign"), actions.assign, forms.AssignForm, when=_alive),
    Step(
        "revoke",
        pgettext_lazy("clerk's action", "Revoke the private link"),
        actions.revoke_links,
        when=lambda o: bool(o.email),
        warning=pgettext_lazy(
            "clerk's action",
            "Every link mailed so far stops working. The applicant is sent a new one now.",
        ),
    ),
    Step(
        "reopen",
        pgettext_lazy("clerk's action", "Take up again"),
        actions.reopen,
        when=lambda o: o.state == O.EXPIRED,
    ),
    Step(
        "erase",
        pgettext_lazy("clerk's action", "Erase personal data"),
        actions.erase,
        when=lambda o: not o.is_open,
        warning=pgettext_lazy(
            "clerk's action",
            "Names, addresses, files and messages are erased for good. Number, dates and states remain.",
        ),
        permission=ERASE,
    ),
)
