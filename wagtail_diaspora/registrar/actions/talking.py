"""The thread between the office and the applicant, and the clerks' own notes."""

from uuid import UUID

from .. import states
from ..logged import TOLD
from ..models import Note, ThreadMessage
from ..states import OrderState
from .door import Case, case_action
from .files import Files, keep_files


@case_action
def ask_applicant(case: Case, *, key: UUID, body: str, files: Files = ()) -> None:
    """Ask for something; the clock of the office stands still until the applicant answers."""
    if _write(case, key=key, body=body, files=files):
        case.wait()
        case.tell("question", answer_by=case.order.answer_by)


@case_action
def write_to_applicant(case: Case, *, key: UUID, body: str, files: Files = ()) -> None:
    """Tell something that needs no answer."""
    if _write(case, key=key, body=body, files=files):
        case.tell("message")


@case_action
def answer(case: Case, *, key: UUID, body: str, files: Files = ()) -> None:
    """The applicant writes; `key` makes a form that comes twice one message."""
    if not _write(case, key=key, body=body, files=files, from_applicant=True):
        return
    if not case.order.unread_messages:
        case.tell_office("office_message")
    case.order.unread_messages += 1
    _go_on_unless_unpaid(case)


@case_action
def enter_answer(case: Case, *, key: UUID, body: str, files: Files = ()) -> None:
    """What the applicant said by letter, telephone or at the counter, as the clerk writes it down."""
    if _write(case, key=key, body=body, files=files, from_applicant=True):
        _go_on_unless_unpaid(case)


@case_action
def mark_read(case: Case) -> None:
    case.order.unread_messages = 0


@case_action
def mark_unread(case: Case) -> None:
    """Undo of `mark_read`, so that it is found among what has to be read."""
    case.order.unread_messages = 1


@case_action
def note_told(case: Case) -> None:
    """An applicant without e-mail was told by telephone or post what no mail could say."""
    case.log(TOLD)


@case_action
def add_note(case: Case, *, key: UUID, body: str) -> None:
    note = Note(pk=key, order=case.order, user=case.user, body=body)
    Note.objects.bulk_create([note], ignore_conflicts=True)
    case.log("diaspora_registrar.note")


@case_action
def set_protocol_number(case: Case, *, number: str) -> None:
    if number == case.order.protocol_number:
        return
    case.order.protocol_number = number
    case.log("diaspora_registrar.protocol_number")


def _go_on_unless_unpaid(case: Case) -> None:
    if case.order.state == OrderState.WAITING and case.order.payment_state not in states.UNPAID:
        case.go_on()


def _write(case: Case, *, key: UUID, body: str, files: Files, from_applicant: bool = False) -> bool:
    """Whether there is a new message; not when this form came before."""
    message, created = ThreadMessage.objects.get_or_create(
        pk=key,
        defaults={
            "order": case.order,
            "body": body,
            "from_applicant": from_applicant,
            "user": case.user,
            "language": case.order.language,
        },
    )
    if created:
        keep_files(case.order, files, message=message, from_applicant=case.user is None)
        case.log("diaspora_registrar.answered" if from_applicant else "diaspora_registrar.wrote")
    return created
