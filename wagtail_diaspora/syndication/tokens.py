"""Signed names of partners and invited municipalities, in links that need no account.

Raising a partner's generation revokes its links; an invitation's end with it, or with the next one.
A partner's are short, since a header with a long address is folded and then no mail program finds it.
"""

import base64
import hmac
from uuid import UUID

from django.utils.crypto import salted_hmac

from .models import Member, Partner

__all__ = ["invitation_token", "member_for", "partner_for", "partner_token"]

_SALT, _INVITATION = "diaspora_syndication.partner", "diaspora_syndication.member"
_BYTES = 15


def partner_token(partner: Partner) -> str:
    return _signed(f"{partner.pk}-{partner.generation}")


def partner_for(token: str) -> Partner | None:
    key, _dash, rest = token.partition("-")
    generation = rest.partition("-")[0]
    if not (key.isdecimal() and generation.isdecimal()) or len(token) > 60:
        return None
    if not hmac.compare_digest(token.encode(), _signed(f"{key}-{generation}").encode()):
        return None
    found = Partner.objects.filter(pk=key, generation=generation)
    return found.select_related("municipality__site").first()


def invitation_token(member: Member) -> str:
    return _signed(f"{member.pk.hex}-{member.invitation}", _INVITATION)


def member_for(token: str) -> Member | None:
    """Whoever was invited by this link, as long as it holds: also once it has joined."""
    key, _dash, _rest = token.partition("-")
    try:
        found = Member.objects.select_related("municipality__site").filter(pk=UUID(key)).first()
    except ValueError:
        return None
    invited = found is not None and found.invited_at is not None
    signed = invited and hmac.compare_digest(token.encode(), invitation_token(found).encode())
    return found if signed and found.holds_invitation else None


def _signed(value: str, salt: str = _SALT) -> str:
    digest = salted_hmac(salt, value, algorithm="sha256").digest()[:_BYTES]
    return f"{value}-{base64.urlsafe_b64encode(digest).decode()}"
