"""Signed names of partners, in links that need no account. Raising the generation revokes them.

Short, since a header with a long address is folded and then no mail program finds it.
"""

import base64
import hmac

from django.utils.crypto import salted_hmac

from .models import Partner

__all__ = ["partner_for", "partner_token"]

_SALT = "diaspora_syndication.partner"
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


def _signed(value: str) -> str:
    digest = salted_hmac(_SALT, value, algorithm="sha256").digest()[:_BYTES]
    return f"{value}-{base64.urlsafe_b64encode(digest).decode()}"
