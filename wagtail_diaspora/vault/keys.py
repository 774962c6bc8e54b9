"""The key ring: `conf.KEYS`, or the lines of `conf.KEY_FILE`, each `id:base64 of 32 bytes`.

The first key seals; all of them unseal. Each purpose has a key of its own, derived by HKDF-SHA256.
Nothing here runs at import: a site without keys starts, migrates and collects its static files.
"""

import base64
import binascii
import re
import secrets
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.signals import setting_changed
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora import conf
from wagtail_diaspora.exceptions import KeysMissing

KEY_BYTES = 32
ID_PATTERN = re.compile(r"[A-Za-z0-9_-]{1,16}")


@dataclass(frozen=True)
class Key:
    id: str
    secret: bytes

    @cached_property
    def cipher(self) -> AESGCM:
        return AESGCM(self._derive(b"data"))

    @cached_property
    def digest_secret(self) -> bytes:
        return self._derive(b"digest")

    def _derive(self, purpose: bytes) -> bytes:
        info = b"wagtail-diaspora " + purpose
        return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=info).derive(self.secret)


@lru_cache(maxsize=1)
def ring() -> tuple[Key, ...]:
    """All keys, the sealing one first; raises KeysMissing."""
    keys = tuple(parse(line) for line in lines())
    if not keys:
        raise KeysMissing(_("No encryption key is configured. Run: manage.py diaspora_keys new"))
    return keys


def sealing_key() -> Key:
    return ring()[0]


def key_by_id(identifier: str) -> Key:
    for key in ring():
        if key.id == identifier:
            return key
    raise KeysMissing(_("The key that sealed this is not in the ring. Put it back into KEYS or KEY_FILE."))


def lines() -> list[str]:
    """What is configured, unread; a missing file is no key."""
    if not conf.KEY_FILE:
        return list(conf.KEYS)
    try:
        text = Path(conf.KEY_FILE).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return []
    return [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]


def parse(line: str) -> Key:
    """Raise KeysMissing when the line is no key; the message never quotes it."""
    identifier, _sep, encoded = line.partition(":")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not ID_PATTERN.fullmatch(identifier) or len(secret) != KEY_BYTES:
        raise KeysMissing(_("A configured key is not of the form id:base64 of 32 bytes."))
    return Key(identifier, secret)


def new_line(identifier: str) -> str:
    return f"{identifier}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting == "WAGTAIL_DIASPORA":
        ring.cache_clear()


setting_changed.connect(_forget, dispatch_uid="diaspora_vault.keys")
