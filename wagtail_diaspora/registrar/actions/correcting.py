"""What was sent is corrected by the applicant, while states.py allows it, or by a clerk who was told.

Each correction is kept sealed with its old and new value, shown to the clerk, renews what the order is found
by, and is told to the e-mail address on file. The applicant's own counts as unread and is announced to the
office. The log says only of which kind it was.

An e-mail address changes in two steps, so that nobody is locked out by a typing error or by somebody else:

1. `ask_new_email` only writes it down. A link goes to the new address, a warning to the old one. Until the
   link is used, everything goes on at the old address: mails, codes, the lost link. Asking again replaces
   what waits; asking for the address on file drops it.
2. `confirm_email` with that link makes it the address on file. The old one is told once more, every link
   and browser from before stops working (whoever reads the old mailbox may be a stranger), and the new
   address is sent the order's new link.

It takes a code from the mailbox on file, with one exception: while that address was never confirmed, the
browser that sent the order needs none, because a mistyped address brings nobody a code. Whoever can read
neither mailbox writes to the office on the order's page or by telephone.
"""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora.exceptions import TransitionNotAllowed
from wagtail_diaspora.outbox.models import Message

from .. import notices, search, states
from ..models import Correction, Draft, OneTimeCode, Order, Person
from .charges import postage_for
from .door import Case, case_action
from .paying import after_new_postage

What = Correction.What


@case_action
def correct_phone(case: Case, *, phone: str) -> None:
    _require(case, states.contact_may_change(case.order.state))
    before = case.order.applicant.get("phone", "")
    if phone != before:
        case.order.applicant["phone"] = phone
        _keep(case, What.PHONE, before={"phone": before}, after={"phone": phone})


@case_action
def correct_address(case: Case, *, address: dict[str, str]) -> None:
    """Another postage than was asked for is charged for a clerk; for the applicant TransitionNotAllowed."""
    order = case.order
    _require(case, may_correct_address(order, case.items, office=_by_office(case)))
    if address == order.address:
        return
    asks = order.amount_minor and order.policy["payment"] != states.PaymentPolicy.FREE
    costs_another = asks and _postage(order, address) != _postage(order, order.address)
    if costs_another and not _by_office(case):
        raise TransitionNotAllowed(
            _("Postage to that country costs another amount than we asked for. Please write to the office.")
        )
    before, order.address = order.address, address
    _keep(case, What.ADDRESS, before=before, after=address)
    if _by_office(case):
        after_new_postage(case)


@case_action
def correct_applicant(case: Case, *, facts: dict[str, str]) -> None:
    """Who asks, from which country and for what: of the answers about the applicant, those in `facts`."""
    order = case.order
    _require(case, may_correct_applicant(order, case.items, office=_by_office(case)))
    before = {code: order.applicant.get(code, "") for code in facts}
    codes = [code for code in facts if facts[code] != before[code]]
    if not codes:
        return
    order.applicant = order.applicant | facts
    order.country = order.applicant.get("country", "")
    old, new = ({code: side[code] for code in codes} for side in (before, facts))
    _keep(case, What.APPLICANT, before=old, after=new)


@case_action
def correct_person(case: Case, *, person: UUID, facts: dict[str, str]) -> None:
    """`facts` are all that the person has from now on."""
    row = case.order.persons.get(pk=person)
    _require(case, may_correct_person(case.order, case.items, row, office=_by_office(case)))
    codes = [c for c in {**row.facts, **facts} if row.facts.get(c, "") != facts.get(c, "")]
    if not codes:
        return
    before = {code: row.facts.get(code, "") for code in codes}
    row.facts = facts
    row.save(update_fields=["facts"])
    _keep(case, What.PERSON, person=row, before=before, after={code: facts.get(code, "") for code in codes})


@case_action
def ask_new_email(case: Case, *, email: str) -> None:
    """The first step; see above."""
    order = case.order
    _require(case, states.contact_may_change(order.state))
    if email.casefold() == order.email.casefold():
        order.new_email = None
        return
    order.new_email = email
    release_held(order)
    case.log("diaspora_registrar.email_asked")
    case.mails.append(notices.mail_to_new_address(order))
    case.tell("address_asked")


@case_action
def confirm_email(case: Case, *, address: str) -> None:
    """The address on file, or the new one that waits: then it is the second step; see above."""
    order = case.order
    if order.new_email and address == order.new_email:
        _replace_email(case)
    elif address != order.email or order.email_confirmed_at:
        return
    order.email_confirmed_at = timezone.now()
    case.log("diaspora_registrar.email_confirmed")
    release_held(order)


def may_correct(order: Order) -> bool:
    """Whether there is anything that the applicant may correct."""
    return states.contact_may_change(order.state) and not order.erased_at


def may_correct_address(order: Order, items: list, *, office: bool = False) -> bool:
    if office:
        return bool(order.address) and states.office_may_correct(order.state)
    return bool(order.address) and states.address_may_change(order.state, [i.state for i in items])


def may_correct_applicant(order: Order, items: list, *, office: bool = False) -> bool:
    """Whether somebody may have a document hangs on who asks: it stays once any of them was checked."""
    if office:
        return states.office_may_correct(order.state)
    return states.facts_may_change(order.state, [item.state for item in items])


def may_correct_person(order: Order, items: list, person: Person, *, office: bool = False) -> bool:
    if office:
        return states.office_may_correct(order.state)
    own = [item.state for item in items if item.person_id == person.pk]
    return states.facts_may_change(order.state, own)


def release_held(order: Order) -> None:
    """Mails that waited for the address to be confirmed; those to an address of before are dropped then."""
    held = Message.objects.labelled(order.subject_key).waiting().filter(attempts=0)
    held.update(due_at=timezone.now())


def forget_old_address(order: Order) -> None:
    """Every link, code and browser from before stops working; what waited to be confirmed is dropped."""
    order.new_email = None
    order.token_generation += 1
    Draft.objects.filter(pk=order.draft_key).update(secret_hash="")
    OneTimeCode.objects.filter(order=order, used_at=None).update(expires_at=timezone.now())


def _replace_email(case: Case) -> None:
    order = case.order
    before = order.email
    case.tell("address_changed", tracking="")
    order.email = order.new_email
    forget_old_address(order)
    _keep(case, What.EMAIL, told=False, before={"email": before}, after={"email": order.email})
    case.tell("link")


def _keep(
    case: Case, what: str, *, before: dict, after: dict, person: Person | None = None, told: bool = True
) -> None:
    order, by_office = case.order, _by_office(case)
    origin = {"user": case.user, "from_applicant": not by_office}
    Correction.objects.create(order=order, person=person, what=what, before=before, after=after, **origin)
    search.reindex(order)
    case.log(f"diaspora_registrar.{'office_corrected' if by_office else 'corrected'}", {"what": what})
    if told:
        case.tell("corrected", what=what, by_office=by_office)
    if by_office:
        return
    if not order.unread_messages:
        case.tell_office("office_correction")
    order.unread_messages += 1


def _by_office(case: Case) -> bool:
    return case.user is not None


def _require(case: Case, allowed: bool) -> None:
    if not allowed and _by_office(case):
        raise TransitionNotAllowed(_("This step is not possible now. Look at the case again."))
    if not allowed:
        raise TransitionNotAllowed(
            _(
                "The office has gone on with your order, so this cannot be changed here any more. "
                "Please write to the office."
            )
        )


def _postage(order: Order, address: dict[str, Any]) -> int:
    return postage_for(order.policy, order.delivery_method, address.get("country"))
