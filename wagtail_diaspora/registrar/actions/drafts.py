"""A draft's life: begun, filled step by step, erased; sending it is `actions.sending`."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora import conf
from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import LimitReached, SomeoneWasFirst, UploadRefused
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.outbox.actions import post_mails
from wagtail_diaspora.vault import files
from wagtail_diaspora.vault.inspection import inspect, keep

from .. import notices
from ..models import Draft, OrderFile


@retry_when_locked
def begin(
    municipality: Municipality, *, page: Any, secret_hash: str, language: str, network: bytes, answers: dict
) -> Draft:
    """Begin a draft with its first valid answers; raises LimitReached for too many from one network."""
    if Draft.objects.alive().filter(network_digest=network).count() >= conf.DRAFTS_PER_NETWORK:
        raise LimitReached(
            _("Too many orders were begun from your network. Please try again tomorrow."), retry_after=86400
        )
    return Draft.objects.create(
        municipality=municipality,
        page=page,
        secret_hash=secret_hash,
        language=language,
        network_digest=network,
        answers=answers,
        expires_at=timezone.now() + timedelta(hours=conf.DRAFT_HOURS_WITHOUT_EMAIL),
    )


@retry_when_locked
def save(draft: Draft, *, answers: dict, language: str) -> None:
    """Keep the answers; raises SomeoneWasFirst when another tab saved meanwhile.

    The first e-mail address prolongs the draft and brings the applicant a link to resume it.
    """
    before = draft.answers
    with transaction.atomic():
        _claim(draft)
        draft.answers, draft.language = answers, language
        new_address = _address(answers) and _address(answers) != _address(before)
        if new_address:
            draft.expires_at = timezone.now() + timedelta(days=conf.DRAFT_DAYS_WITH_EMAIL)
        draft.save(update_fields=["answers", "language", "expires_at"])
        if new_address:
            post_mails([notices.mail_to_resume(draft, _address(answers))])


@retry_when_locked
def take_over(draft: Draft, *, secret_hash: str) -> None:
    """Go on with the draft on this device; the one before is signed out of it."""
    with transaction.atomic():
        _claim(draft)
        draft.secret_hash = secret_hash
        draft.save(update_fields=["secret_hash"])


def attach(draft: Draft, *, kind: str, upload: Any) -> OrderFile:
    """Inspect and keep one file; raises UploadRefused with what to do instead."""
    kept = OrderFile.objects.filter(draft=draft)
    if kept.count() >= conf.DRAFT_MAX_FILES:
        raise UploadRefused(_("There are already as many files as an order can have. Remove one first."))
    used = kept.aggregate(total=Sum("file__size"))["total"] or 0
    if used + upload.size > conf.DRAFT_MAX_BYTES:
        raise UploadRefused(_("The files are too large together. Remove one, or choose a smaller one."))
    if not files.free_space_ok():
        raise UploadRefused(_("The office cannot take files just now. Please try again in an hour."))
    return _keep(draft, kind, inspect(upload))


@retry_when_locked
def detach(draft: Draft, *, file: OrderFile) -> None:
    with transaction.atomic():
        private = file.file
        file.delete()
        files.delete(private)


@retry_when_locked
def erase(draft: Draft) -> None:
    """Remove the draft with its files, on the applicant's wish or when its time is over."""
    with transaction.atomic():
        for file in draft.files.select_related("file"):
            private = file.file
            file.delete()
            files.delete(private)
        draft.delete()


def erase_overdue() -> str:
    """The clock's part. Returns a sentence with the count."""
    count = 0
    for draft in Draft.objects.overdue().iterator():
        erase(draft)
        count += 1
    return f"{count} drafts erased"


@retry_when_locked
def _keep(draft: Draft, kind: str, inspected: Any) -> OrderFile:
    with transaction.atomic():
        private = keep(inspected, scope=draft.municipality.scope)
        return OrderFile.objects.create(draft=draft, kind=kind, file=private)


def _claim(draft: Draft) -> None:
    claimed = Draft.objects.unsent().filter(pk=draft.pk, version=draft.version)
    if not claimed.update(version=F("version") + 1):
        raise SomeoneWasFirst(
            _("This order was changed in another window. Go on there, or load this page again.")
        )
    draft.version += 1


def _address(answers: dict) -> str:
    return answers.get("applicant", {}).get("email", "")
