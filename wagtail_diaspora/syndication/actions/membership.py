"""A municipality and its hub: what people decide here, and what the hub says. The clock tells the hub.

Public API: `join`, `leave`, `hand_over`; `heard`, `ended_there`, `unread_there` and `read_after`.
"""

import hashlib
import hmac
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urldefrag, urlsplit
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities.logs import log
from wagtail_diaspora.municipalities.models import Municipality

from ..models import HubLine, Membership
from ..states import REACHED_FROM, DeliveryState, MembershipState
from .catching_up import take_back
from .counting import next_moment

__all__ = [
    "ended_there",
    "hand_over",
    "heard",
    "join",
    "leave",
    "origin_of",
    "read_after",
    "secret_hash",
    "unread_there",
]

Untold = list[tuple[list[str], list[UUID]]]
OPEN = (MembershipState.ASKED, MembershipState.WAITING)
ENDED = (MembershipState.REFUSED, MembershipState.LEFT)
CODE = re.compile(r"[\w-]{20,100}", re.ASCII)
ADMITTED = ["token", "chain_url", "hub_name", "code", "due_at", "failures", "trouble", "state", "state_at"]
ANEW = {
    "switched_at": None,
    "hub_name": "",
    "chain_url": "",
    "newsrooms": [],
    "told": [],
    "cursor": "",
    "etag": "",
}


def secret_hash(secret: str) -> str:
    """Of what is long and random, so that no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def origin_of(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme.lower(), parts.netloc.lower()


@retry_when_locked
@transaction.atomic
def join(municipality: Municipality, pasted: str, *, user: Any) -> Membership:
    """`pasted` is the hub's address, or the code that it gave: the address to ask, and a secret behind #."""
    address, code = urldefrag(pasted.strip())
    code = code if CODE.fullmatch(code) else None
    row, _new = Membership.objects.get_or_create(municipality=municipality, defaults={"address": address})
    if row.is_member:
        return row
    facts = {**ANEW, "address": address, "code": code, "endpoint": address if code else ""}
    facts |= {"state": MembershipState.ASKED, "state_at": timezone.now(), "hands_over": True}
    if row.token:  # the hub that was left does not know it yet
        del facts["chain_url"]
    for name, value in (facts | {"due_at": timezone.now(), "failures": 0, "trouble": ""}).items():
        setattr(row, name, value)
    row.save()
    _log(row, "hub_asked", user)
    return row


@retry_when_locked
@transaction.atomic
def leave(row: Membership, *, user: Any) -> bool:
    """From now on the municipality sends everything itself; the hub is told within minutes."""
    now = {"state": MembershipState.LEFT, "state_at": timezone.now(), "trouble": "", "failures": 0}
    members = Membership.objects.filter(pk=row.pk, state=MembershipState.MEMBER)
    left = members.update(**now, due_at=timezone.now(), switched_at=_next_moment(row))
    left = left or Membership.objects.filter(pk=row.pk, state__in=OPEN).update(**now, due_at=None)
    if left:
        _log(row, "hub_left", user)
    return bool(left)


@retry_when_locked
@transaction.atomic
def hand_over(row: Membership, wanted: bool, *, user: Any) -> bool:
    """Sending ourselves begins at once; the hub stops when it hears of it."""
    changed = Membership.objects.filter(pk=row.pk, state=MembershipState.MEMBER, hands_over=not wanted)
    switched_at = None if wanted else _next_moment(row)
    if not changed.update(hands_over=wanted, due_at=timezone.now(), switched_at=switched_at):
        return False
    _log(row, "hub_hands_over" if wanted else "hub_sends_itself", user)
    return True


@retry_when_locked
@transaction.atomic
def heard(key: UUID, *, nonce: str, state: str, read: int | None, untold: Untold, **facts: str) -> bool:
    """What the hub says at our callback; False where it is not the hub that we asked."""
    row = Membership.objects.select_related("municipality").filter(pk=key).exclude(nonce_hash="").first()
    if row is None or not hmac.compare_digest(row.nonce_hash, secret_hash(nonce)):
        return False
    if state == MembershipState.MEMBER:
        return _admitted(row, **facts)
    before = OPEN if state == MembershipState.REFUSED else (MembershipState.MEMBER, *OPEN)
    ended = _ended(row, state, before)
    if ended and row.is_member:
        unread_there(row, read)
        untold_there(row, untold)
    return ended


def unread_there(row: Membership, read: Any) -> None:
    """What the hub was to tell and has not read, we tell ourselves."""
    if row.hands_over and (unread := read_after(read)):
        take_back(row, Q(public_since__gte=unread), row.newsrooms)


def untold_there(row: Membership, untold: Untold) -> None:
    """Nor do its lines wait any more of what it has read."""
    for newsrooms, items in untold:
        lines = HubLine.objects.filter(membership=row, mailbox__in=newsrooms, item__in=items)
        lines.filter(state__in=REACHED_FROM[DeliveryState.CANCELLED]).update(state=DeliveryState.CANCELLED)
        if row.hands_over:
            take_back(row, Q(item__in=items), newsrooms)


def read_after(read: Any) -> datetime | None:
    """The hub has read what was told until this second, as it says; None where it says nothing."""
    is_said = type(read) is int and 0 <= read < 2**33
    return datetime.fromtimestamp(read + 1, tz=UTC) if is_said else None


def ended_there(row: Membership) -> bool:
    """The hub knows our token no more."""
    return _ended(row, MembershipState.LEFT, (MembershipState.MEMBER,))


def _admitted(row: Membership, *, token: str, chain_url: str, hub_name: str) -> bool:
    """Said again, it replaces the token alone."""
    if origin_of(chain_url) != origin_of(row.endpoint):
        return False
    same = Membership.objects.filter(pk=row.pk, state=row.state, nonce_hash=row.nonce_hash)
    if row.state not in (*OPEN, MembershipState.MEMBER) or not same.update(due_at=timezone.now()):
        return False
    row.token, row.chain_url, row.hub_name, row.code = token, chain_url, hub_name, None
    row.due_at, row.failures, row.trouble = timezone.now(), 0, ""
    if not row.is_member:
        row.state, row.state_at = MembershipState.MEMBER, timezone.now()
        _log(row, "hub_joined", None)
    row.save(update_fields=ADMITTED)
    return True


@retry_when_locked
@transaction.atomic
def _ended(row: Membership, state: str, before: tuple[str, ...]) -> bool:
    rows = Membership.objects.filter(pk=row.pk, state__in=before, nonce_hash=row.nonce_hash)
    facts = {"state": state, "state_at": timezone.now(), "due_at": None, "trouble": ""}
    if rows.update(**facts, token=None, code=None, nonce_hash=""):
        _log(row, "hub_refused" if state == MembershipState.REFUSED else "hub_ended", None)
        return True
    return False


def _next_moment(row: Membership) -> datetime:
    return next_moment(row.municipality, row.language)


def _log(row: Membership, action: str, user: Any) -> None:
    log(row, f"diaspora_syndication.{action}", user=user, municipality=row.municipality)
