"""Secrets of orders and drafts: signed links, cookies, one-time codes. None is stored as it is.

A tracking token is Django's signature over the order and its generation; raising the generation
revokes it. It is the same in every mail, and never printed on paper.
"""

import hashlib
import hmac
import secrets
from uuid import UUID

from django.core import signing
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from . import offices
from .models import Draft, Order

_TRACKING = "diaspora_registrar.tracking"
_RESUME = "diaspora_registrar.resume"
_CONFIRM = "diaspora_registrar.confirm"
_SENDER = "diaspora_registrar.sender"

OPEN_MINUTES = 60
"""For how long a code that was used opens a page in that browser."""


def tracking_token(order: Order) -> str:
    return _sign(_TRACKING, order.pk, order.token_generation)


def order_for_tracking(token: str) -> Order | None:
    key, generation = _read(_TRACKING, token)
    order = offices.find(Order, key) if key else None
    holds = order and order.erased_at is None and generation == str(order.token_generation)
    return order if holds else None


def confirm_token(order: Order, address: str) -> str:
    """For the link that confirms an e-mail address; another address has another token."""
    return _sign(_CONFIRM, order.pk, _short(address))


def order_for_confirming(token: str) -> tuple[Order | None, str]:
    """The order, and which of its addresses (the present one, or the new one that waits) this confirms."""
    key, _rest = _read(_CONFIRM, token)
    order = Order.objects.filter(pk=key, erased_at=None).select_related("municipality").first()
    for address in filter(None, (order.email, order.new_email) if order else ()):
        if hmac.compare_digest(token.encode(), confirm_token(order, address).encode()):
            return order, address
    return None, ""


def sender_token(order: Order) -> str:
    """For the browser that sent the order."""
    return _sign(_SENDER, order.pk, order.token_generation)


def is_sender(token: str, order: Order) -> bool:
    return hmac.compare_digest(token.encode(), sender_token(order).encode())


def opened_token(order: Order, page: str) -> str:
    """For the browser in which a code was used just now, for one of the order's pages."""
    return _opening(page).sign(_opened(order))


def is_opened(token: str, order: Order, page: str) -> bool:
    try:
        return _opening(page).unsign(token, max_age=OPEN_MINUTES * 60) == _opened(order)
    except signing.BadSignature:
        return False


def resume_token(draft: Draft) -> str:
    return _sign(_RESUME, draft.pk, draft.resume_generation)


def draft_for_resume(token: str) -> Draft | None:
    key, generation = _read(_RESUME, token)
    draft = Draft.objects.alive().filter(pk=key).first()
    return draft if draft and generation == str(draft.resume_generation) else None


def new_secret() -> tuple[str, str]:
    """A cookie's value and the hash that is stored for it."""
    secret = secrets.token_urlsafe(32)
    return secret, hash_secret(secret)


def hash_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def fits(secret: str, secret_hash: str) -> bool:
    return hmac.compare_digest(hash_secret(secret).encode(), secret_hash.encode())


def _sign(salt: str, key: UUID, rest: object) -> str:
    return signing.Signer(salt=salt, sep=".").sign(f"{urlsafe_base64_encode(key.bytes)}-{rest}")


def _read(salt: str, token: str) -> tuple[UUID | None, str]:
    """The key that was signed, and the rest; None where it is not ours."""
    try:
        key, _, rest = signing.Signer(salt=salt, sep=".").unsign(token).rpartition("-")
        return UUID(bytes=urlsafe_base64_decode(key)), rest
    except (signing.BadSignature, ValueError):
        return None, ""


def _opening(page: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"diaspora_registrar.{page}", sep=".")


def _opened(order: Order) -> str:
    return f"{urlsafe_base64_encode(order.pk.bytes)}-{order.token_generation}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
