"""One-time codes, sent to the address on file for what a link alone does not allow."""

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora import limits
from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import TransitionNotAllowed
from wagtail_diaspora.outbox.actions import post_mails

from .. import notices
from ..models import OneTimeCode, Order
from .correcting import confirm_email

ATTEMPTS = 5


def send_code(order: Order, *, purpose: str) -> None:
    """Mail six digits; those sent before stop working. Raises LimitReached, or that there is no address."""
    if not order.email:
        raise TransitionNotAllowed(_("There is no e-mail address for this order. Please call the office."))
    limits.spend("code", str(order.pk))
    if order.email_confirmed_at is None:
        limits.spend("unconfirmed", limits.mailbox(order.email))
    digits = f"{secrets.randbelow(1_000_000):06}"
    _post(order, purpose, digits, make_password(digits))


def use_code(order: Order, *, purpose: str, typed: str) -> bool:
    """Whether these are the digits; each try counts, and a code works once. Raises LimitReached.

    Whoever read the code reads the mailbox, so its address is confirmed.
    """
    limits.spend("code_try", str(order.pk))
    code = _valid(order, purpose).order_by("-created_at").first()
    if code is None or not _count_attempt(code):
        return False
    digits = "".join(c for c in typed if c.isdigit())
    right = check_password(digits, code.code_hash) and bool(_unused(code).update(used_at=timezone.now()))
    if right and order.email_confirmed_at is None:
        confirm_email(order, address=order.email)
    return right


@retry_when_locked
@transaction.atomic
def _post(order: Order, purpose: str, digits: str, code_hash: str) -> None:
    _valid(order, purpose).update(expires_at=timezone.now())
    code = OneTimeCode.objects.create(
        order=order,
        purpose=purpose,
        code_hash=code_hash,
        expires_at=timezone.now() + timedelta(minutes=OneTimeCode.VALID_MINUTES),
    )
    post_mails([notices.mail_to_applicant(order, "code", code=digits, once=code.pk)])


@retry_when_locked
def _count_attempt(code: OneTimeCode) -> int:
    return _unused(code).filter(attempts__lt=ATTEMPTS).update(attempts=F("attempts") + 1)


def _valid(order: Order, purpose: str):
    return OneTimeCode.objects.filter(
        order=order, purpose=purpose, used_at=None, expires_at__gt=timezone.now()
    )


def _unused(code: OneTimeCode):
    return OneTimeCode.objects.filter(pk=code.pk, used_at=None)
