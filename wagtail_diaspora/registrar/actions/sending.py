"""A draft becomes an order: once, whole, with its messages, in one commit."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora import limits
from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import EnteredBefore, SomeoneWasFirst
from wagtail_diaspora.municipalities import logs
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.outbox.actions import post_mails
from wagtail_diaspora.statements import change, insert

from .. import notices, search
from ..logged import UNTOLD
from ..models import Draft, Item, Order, OrderFile, Person, RegistrarSettings
from ..models.orders import Channel
from ..offer import OfferedType, offer_of
from ..references import new_reference
from ..states import PaymentState
from . import charges, deadlines
from .files import Files, keep_files

CLAIM = """
UPDATE diaspora_registrar_draft SET sent_at = %s, answers = NULL
WHERE id = %s AND version = %s AND sent_at IS NULL
"""
HAND_OVER = "UPDATE diaspora_registrar_orderfile SET draft_id = NULL, order_id = %s WHERE draft_id = %s"


@dataclass(frozen=True)
class AskedItem:
    type: OfferedType
    person: int
    copies: int
    language: str


@dataclass(frozen=True)
class AskedPerson:
    relation: str
    facts: dict


@dataclass(frozen=True)
class Submission:
    """A whole order as it was checked, from a draft or entered by a clerk."""

    municipality: Municipality
    settings: RegistrarSettings
    items: list[AskedItem]
    persons: list[AskedPerson]
    applicant: dict
    email: str
    address: dict
    delivery_method: str
    language: str
    channel: str = Channel.WEB
    page_id: int | None = None
    user: Any = None
    received_on: date | None = None
    """The day on which it came; None for now."""
    protocol_number: str = ""


@retry_when_locked
def send(draft: Draft, submission: Submission, *, files: bool = True, network: bytes | None = None) -> Order:
    """The order of the draft, `files` whether it has any. Sending again returns the same order.

    Raises SomeoneWasFirst when the draft was changed after it was read, LimitReached when too many orders
    came from `network`, which is counted with the order in one commit.
    """
    with transaction.atomic():
        if not _claim(draft):
            return _already_sent(draft)
        if network:
            limits.spend("send", network)
        order = _create(submission, draft_key=draft.pk)
        if files:
            change(OrderFile, HAND_OVER, order.pk, draft.pk)
        return order


def sent_before(draft: Draft) -> Order | None:
    """The order that was made of this draft."""
    return Order.objects.filter(draft_key=draft.pk).first()


@retry_when_locked
def enter(submission: Submission, *, key: UUID | None = None, files: Files = ()) -> Order:
    """An order that came by letter, e-mail, telephone or at the counter, with scans that were inspected.

    Entering the same again under the same `key` of the same clerk returns the same order. Raises
    EnteredBefore when the answers are others: a clerk went back and filled the page for the next letter.
    """
    draft_key = uuid5(key, f"entered:{submission.user.pk}") if key else None
    try:
        with transaction.atomic():
            return _entered(submission, draft_key) or _create(submission, draft_key=draft_key, files=files)
    except IntegrityError:
        if order := _entered(submission, draft_key):
            return order
        raise


def _entered(submission: Submission, draft_key: UUID | None) -> Order | None:
    order = Order.objects.filter(draft_key=draft_key).first() if draft_key else None
    if order and not _says_the_same(order, submission):
        sentence = _(
            "This page was entered before, as order %(reference)s. "
            "If this is another request, enter it once more."
        )
        raise EnteredBefore(sentence % {"reference": order.reference})
    return order


def _says_the_same(order: Order, submission: Submission) -> bool:
    items = order.items.order_by("position").values_list("document_type_id", "copies", "language")
    facts = [person.facts for person in order.persons.all()]
    asked = [(item.type.pk, item.copies, item.language) for item in submission.items]
    said = (order.applicant, order.email, order.address)
    return (
        said == (submission.applicant, submission.email, submission.address)
        and facts == [person.facts for person in submission.persons]
        and list(items) == asked
    )


def _claim(draft: Draft) -> int:
    return change(Draft, CLAIM, timezone.now(), draft.pk, draft.version)


def _already_sent(draft: Draft) -> Order:
    if order := sent_before(draft):
        return order
    raise SomeoneWasFirst(_("This order was changed in another window. Check it again before you send it."))


def _create(submission: Submission, *, files: Files = (), **keys: object) -> Order:
    order = _order(submission, **keys)
    persons = [
        Person(order=order, position=position, relation=person.relation, facts=person.facts)
        for position, person in enumerate(submission.persons, start=1)
    ]
    items = [
        Item(
            order=order,
            person=persons[item.person],
            document_type_id=item.type.pk,
            position=position,
            copies=item.copies,
            language=item.language,
            fee_minor=item.type.fee_minor * item.copies,
        )
        for position, item in enumerate(submission.items, start=1)
    ]
    charges.charge(order, items)
    if order.payment_state == PaymentState.DUE:
        deadlines.stop_clock(order)
    order.save(force_insert=True)
    insert(persons)
    insert(items)
    search.index(order, persons)
    keep_files(order, files, from_applicant=False)
    _log(order, submission)
    post_mails(notices.mails_on_receipt(order, submission))
    return order


def _log(order: Order, submission: Submission) -> None:
    """What a clerk entered says so, and by which way it came."""
    data = {"channel": submission.channel} if submission.user else None
    office, user = order.municipality, submission.user
    logs.log(order, "diaspora_registrar.received", user=user, municipality=office, data=data)
    if user and not order.email:
        logs.log(order, UNTOLD, user=user, municipality=office, data={"mail": "received"})


def _order(submission: Submission, **keys: object) -> Order:
    return Order(
        reference=new_reference(),
        municipality=submission.municipality,
        page_id=submission.page_id,
        channel=submission.channel,
        policy=submission.settings.policy(),
        language=submission.language,
        delivery_method=submission.delivery_method,
        applicant=submission.applicant,
        email=submission.email,
        address=submission.address,
        country=submission.applicant.get("country", ""),
        protocol_number=submission.protocol_number,
        submitted_at=_received_at(submission),
        due_on=_due_on(submission),
        **keys,
    )


def _due_on(submission: Submission) -> date:
    types = [item.type for item in submission.items]
    received = submission.received_on or timezone.localdate()
    return offer_of(submission.settings).due_on(types, received=received)


def _received_at(submission: Submission) -> datetime:
    """Now, or noon of an earlier day."""
    day = submission.received_on
    if day is None or day == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day, time(12)))
