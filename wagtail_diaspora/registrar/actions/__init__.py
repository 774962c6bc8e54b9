"""Public API of the registrar: what people do with orders.

Each takes `(order, *, user, version, …)` and raises SomeoneWasFirst, TransitionNotAllowed.
"""

from .checking import assign, check_again, mark_found, mark_not_found, pass_on, refuse, reopen, take
from .closing import expire, may_withdraw, revoke_links, send_link, withdraw
from .correcting import (
    ask_new_email,
    confirm_email,
    correct_address,
    correct_applicant,
    correct_person,
    correct_phone,
    may_correct,
    may_correct_address,
    may_correct_applicant,
    may_correct_person,
)
from .erasing import erase
from .issuing import (
    dispatch,
    issue,
    mark_delivered,
    mark_returned,
    ready_to_collect,
    reissue,
    withdraw_paper,
)
from .noting import note_export, note_files, note_opened, note_request
from .paying import record_payment, record_refund, report_payment, waive_payment
from .reaching import correct_email, resend
from .talking import (
    add_note,
    answer,
    ask_applicant,
    enter_answer,
    mark_read,
    mark_unread,
    note_told,
    set_protocol_number,
    write_to_applicant,
)

__all__ = [
    "add_note",
    "ask_new_email",
    "answer",
    "ask_applicant",
    "assign",
    "check_again",
    "confirm_email",
    "correct_address",
    "correct_applicant",
    "correct_email",
    "correct_person",
    "correct_phone",
    "dispatch",
    "enter_answer",
    "erase",
    "expire",
    "issue",
    "mark_delivered",
    "mark_found",
    "mark_not_found",
    "mark_read",
    "mark_returned",
    "mark_unread",
    "may_correct",
    "may_correct_address",
    "may_correct_applicant",
    "may_correct_person",
    "may_withdraw",
    "note_export",
    "note_files",
    "note_opened",
    "note_request",
    "note_told",
    "pass_on",
    "ready_to_collect",
    "record_payment",
    "record_refund",
    "refuse",
    "reissue",
    "reopen",
    "report_payment",
    "resend",
    "revoke_links",
    "send_link",
    "set_protocol_number",
    "take",
    "waive_payment",
    "withdraw",
    "withdraw_paper",
    "write_to_applicant",
]
