"""A draft's life: begun, filled step by step, erased; sending it is `actions.sending`."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora import conf
from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import LimitReached, SomeoneWasFirst, UploadRefused
from wagtail_diaspora.limits import DAY, HOUR
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.outbox import actions as outbox
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.vault import files
from wagtail_diaspora.vault.inspection import inspect, keep

from .. import notices
from ..models import Draft, OrderFile

LONGEST_DAYS = 92


@retry_when_locked
def begin(
    municipality: Municipality, *, page: Any, secret_hash: str, language: str, network: bytes, answers: dict
) -> Draft:
    """Begin a draft with its first valid answers; raises LimitReached when there are too many already."""
    _require_room_for_one_more(municipality, network)
    return Draft.objects.create(
        municipality=municipality,
        page=page,
        secret_hash=secret_hash,
        language=language,
        network_digest=network,
        answers=answers,
        expires_at=timezone.now() + timedelta(hours=conf.DRAFT_HOURS_WITHOUT_EMAIL),
    )


def save(draft: Draft, *, answers: dict, language: str, mail: bool = True) -> None:
    """Keep the answers; raises SomeoneWasFirst when another tab saved meanwhile.

    Another e-mail address prolongs the draft and, if `mail`, brings the applicant a link to resume it.
    Raises LimitReached for more documents than an order may have.
    """
    if len(answers.get("items", ())) > conf.DRAFT_MAX_ITEMS:
        raise LimitReached(too_many_items(), retry_after=0)
    changes = {"answers": answers, "language": language}
    address = new_address(draft, answers)
    if address:
        changes["expires_at"] = timezone.now() + timedelta(days=conf.DRAFT_DAYS_WITH_EMAIL)
    _change(draft, changes, mail_to=address if mail else "")


def prolong(draft: Draft, *, until: date) -> None:
    """Keep what was written for a week after that day, and for a quarter of a year at most from now."""
    week_after = datetime.combine(until + timedelta(days=7), time(), tzinfo=UTC)
    longest = timezone.now() + timedelta(days=LONGEST_DAYS)
    _unsent(draft).update(expires_at=Greatest(F("expires_at"), min(week_after, longest)))
    draft.refresh_from_db(fields=["expires_at"])


def take_over(draft: Draft, *, secret_hash: str) -> None:
    """Go on with the draft on this device; the one before is signed out of it."""
    _change(draft, {"secret_hash": secret_hash})


def attach(draft: Draft, *, kind: str, upload: Any) -> OrderFile:
    """Inspect and keep one file; raises UploadRefused with what to do instead, SomeoneWasFirst once sent."""
    _require_room_for_file(draft, upload.size)
    return _keep(draft, kind, inspect(upload))


@retry_when_locked
def detach(draft: Draft, *, file: UUID) -> None:
    """Raises SomeoneWasFirst once the draft is sent: the file is the order's."""
    with transaction.atomic():
        _claim(_unsent(draft), sent_meanwhile())
        _drop(draft.files.filter(pk=file))


def erase(draft: Draft) -> None:
    """On the applicant's wish; raises SomeoneWasFirst once the draft is sent."""
    if not _erase(_unsent(draft)):
        raise SomeoneWasFirst(sent_meanwhile())


def erase_overdue() -> str | None:
    """The clock's part. Returns a sentence with the count."""
    overdue = Draft.objects.overdue()
    keys = list(overdue.values_list("pk", flat=True))
    erased = sum(_erase(overdue.filter(pk=key)) for key in keys)
    return f"{erased} drafts erased" if erased else None


def new_address(draft: Draft, answers: dict) -> str:
    """The applicant's e-mail address when it is another than the one that was kept, else nothing."""
    address, kept = _address(answers), _address(draft.answers)
    return "" if address.casefold() == kept.casefold() else address


def too_many_items() -> str:
    return _("This order has as many documents as one may have: %(count)s. Send it, then begin another.") % {
        "count": conf.DRAFT_MAX_ITEMS
    }


def sent_meanwhile() -> str:
    return _("This order was sent or erased in another window. Load this page again.")


@retry_when_locked
def _change(draft: Draft, changes: dict, *, mail_to: str = "") -> None:
    """The version in memory rises after the commit only, so that a second try claims the same one."""
    with transaction.atomic():
        _claim(
            _unsent(draft).filter(version=draft.version),
            _("This order was changed in another window. Go on there, or load this page again."),
        )
        for name, value in changes.items():
            setattr(draft, name, value)
        draft.save(update_fields=list(changes))
        if mail_to:
            outbox.post_mails([notices.mail_to_resume(draft, mail_to)])
    draft.version += 1


@retry_when_locked
def _keep(draft: Draft, kind: str, inspected: Any) -> OrderFile:
    with transaction.atomic():
        _claim(_unsent(draft), sent_meanwhile())
        private = keep(inspected, scope=draft.municipality.scope)
        return OrderFile.objects.create(draft=draft, kind=kind, file=private)


@retry_when_locked
def _erase(rows: QuerySet[Draft]) -> int:
    """The one draft, if it is still among these, with its files and mails. Returns how many were erased."""
    with transaction.atomic():
        if not rows.update(version=F("version") + 1):
            return 0
        draft = rows.get()
        _drop(draft.files.all())
        outbox.erase(Message.objects.labelled(draft.subject_key))
        draft.delete()
        return 1


def _drop(rows: QuerySet[OrderFile]) -> None:
    for row in rows.select_related("file"):
        private = row.file
        row.delete()
        files.delete(private)


def _unsent(draft: Draft) -> QuerySet[Draft]:
    return Draft.objects.unsent().filter(pk=draft.pk)


def _claim(rows: QuerySet[Draft], otherwise: str) -> None:
    """The first statement of a transaction: whoever comes second waits here, and is told."""
    if not rows.update(version=F("version") + 1):
        raise SomeoneWasFirst(otherwise)


def _require_room_for_one_more(municipality: Municipality, network: bytes) -> None:
    alive = Draft.objects.alive()
    if alive.filter(network_digest=network).count() >= conf.DRAFTS_PER_NETWORK:
        raise LimitReached(
            _("Too many orders were begun from your network. Please try again tomorrow."), retry_after=DAY
        )
    if alive.filter(municipality=municipality).count() >= conf.DRAFTS_PER_SITE:
        raise LimitReached(
            _("Too many people write orders to this office just now. Please try again in an hour."),
            retry_after=HOUR,
        )


def _require_room_for_file(draft: Draft, size: int) -> None:
    own = draft.files.all()
    if own.count() >= conf.DRAFT_MAX_FILES:
        raise UploadRefused(_("There are already as many files as an order can have. Remove one first."))
    if _bytes(own) + size > conf.DRAFT_MAX_BYTES:
        raise UploadRefused(_("The files are too large together. Remove one, or choose a smaller one."))
    of_network = OrderFile.objects.filter(draft__network_digest=draft.network_digest)
    if _bytes(of_network) + size > conf.DRAFT_BYTES_PER_NETWORK:
        raise UploadRefused(
            _("Too many files wait in orders from your network. Send or erase those orders, then try again.")
        )
    of_office = OrderFile.objects.filter(draft__municipality=draft.municipality_id)
    if _bytes(of_office) + size > conf.DRAFT_BYTES_PER_SITE or not files.free_space_ok():
        raise UploadRefused(_("The office cannot take files just now. Please try again in an hour."))


def _bytes(rows: QuerySet[OrderFile]) -> int:
    return rows.aggregate(total=Sum("file__size"))["total"] or 0


def _address(answers: dict | None) -> str:
    return (answers or {}).get("applicant", {}).get("email", "")
