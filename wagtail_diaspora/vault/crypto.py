"""Authenticated encryption bound to a place, and keyed digests to search by.

Public API: `seal`, `unseal`, `digest`, `digests`. A sealed value is
`version (1) · length of key id (1) · key id · nonce (12) · AES-256-GCM ciphertext and tag`.
"""

import hmac
import os

from cryptography.exceptions import InvalidTag
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.exceptions import Tampered

from . import keys

__all__ = ["digest", "digests", "key_id_of", "seal", "unseal"]

VERSION = 1
NONCE_BYTES = 12
DIGEST_BYTES = 16


def seal(plain: bytes, *, place: str) -> bytes:
    """Encrypt with the first key; the result opens at the same `place` only."""
    key, nonce = keys.sealing_key(), os.urandom(NONCE_BYTES)
    header = bytes((VERSION, len(key.id))) + key.id.encode()
    return header + nonce + key.cipher.encrypt(nonce, plain, header + place.encode())


def unseal(sealed: bytes, *, place: str) -> bytes:
    """Raise Tampered when the bytes were changed or moved, KeysMissing when their key is away."""
    sealed = bytes(sealed)
    end = 2 + (sealed[1] if len(sealed) > 2 else 0)
    header, nonce, rest = sealed[:end], sealed[end : end + NONCE_BYTES], sealed[end + NONCE_BYTES :]
    key = keys.key_by_id(key_id_of(sealed))
    try:
        return key.cipher.decrypt(nonce, rest, header + place.encode())
    except InvalidTag:
        raise Tampered(_("Sealed data was changed, or does not belong here.")) from None


def key_id_of(sealed: bytes) -> str:
    if len(sealed) < 2 + NONCE_BYTES or sealed[0] != VERSION:
        raise Tampered(_("This is not sealed data."))
    return bytes(sealed[2 : 2 + sealed[1]]).decode("ascii", "replace")


def digest(kind: str, value: str) -> bytes:
    """Sixteen bytes by which equal values are found without being known."""
    return _digest(keys.sealing_key(), kind, value)


def digests(kind: str, value: str) -> list[bytes]:
    """The digest under every key of the ring: while keys rotate, rows may have any of them."""
    return [_digest(key, kind, value) for key in keys.ring()]


def _digest(key: keys.Key, kind: str, value: str) -> bytes:
    message = f"{kind}\0{value}".encode()
    return hmac.digest(key.digest_secret, message, "sha256")[:DIGEST_BYTES]
