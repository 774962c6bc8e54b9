"""Reading a body up to a size, as it was sent and as it is after decompression.

Public API: `inflate`, `ENCODINGS`.
"""

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from .errors import BrokenAnswer, TooLarge

__all__ = ["ENCODINGS", "inflate"]

ENCODINGS = ("gzip", "x-gzip", "deflate")
GZIP, ZLIB, RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


def inflate(chunks: Iterable[bytes], encoding: str, *, max_bytes: int) -> bytes:
    """The body in full; raises TooLarge as soon as it is known, and BrokenAnswer."""
    encoding = encoding.strip().lower()
    pieces = _bounded(chunks, max_bytes)
    if encoding in ENCODINGS:
        pieces = _bounded(_inflated(pieces, encoding, max_bytes), max_bytes)
    elif encoding not in ("", "identity"):
        raise BrokenAnswer
    return b"".join(pieces)


def _bounded(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise TooLarge
        yield chunk


def _inflated(chunks: Iterable[bytes], encoding: str, max_bytes: int) -> Iterator[bytes]:
    """No piece is longer than `max_bytes` and one; gzip may have several members."""
    stream: Any = None
    try:
        for chunk in chunks:
            while chunk:
                stream = stream or zlib.decompressobj(_window(encoding, chunk))
                yield stream.decompress(chunk, max_bytes + 1)
                chunk = stream.unconsumed_tail or stream.unused_data
                stream = None if stream.eof else stream
    except zlib.error as error:
        raise BrokenAnswer from error
    if stream:  # cut off in the middle
        raise BrokenAnswer


def _window(encoding: str, chunk: bytes) -> int:
    """Some servers send "deflate" without the header of zlib."""
    if encoding != "deflate":
        return GZIP
    return ZLIB if chunk[0] & 0x0F == 8 else RAW
