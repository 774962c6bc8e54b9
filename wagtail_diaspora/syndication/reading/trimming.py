"""Of a feed that changed, only what is new is worth parsing.

Public API: `without_known`.
"""

import hashlib
import re
from collections.abc import Iterator
from itertools import islice

__all__ = ["without_known"]

MOST = 500
TIMED = re.compile(rb":(?:valid|available)[\s>]")
"""What becomes something else as time goes by."""


def without_known(body: bytes, known: str) -> tuple[bytes, str]:
    """RSS or Atom without the entries of which the hashes are `known`, and the hashes of all that it has.

    Where it is not sure where an entry begins and ends, the body is left as it is.
    """
    spans = list(islice(_spans(body), MOST + 1))
    blocks = [body[start:end] for start, end in spans]
    if len(spans) > MOST or not all(map(_is_whole, blocks)):
        return body, ""
    hashes, old = [_hash_of(block) for block in blocks], set(known.split())
    ends = [0, *(end for _start, end in spans)]
    starts = [*(start for start, _end in spans), len(body)]
    between = [body[end:start] for end, start in zip(ends, starts, strict=True)]
    fresh = [b"" if found in old else block for found, block in zip(hashes, blocks, strict=True)]
    return b"".join(map(b"".join, zip(between, [*fresh, b""], strict=True))), " ".join(filter(None, hashes))


def _spans(body: bytes) -> Iterator[tuple[int, int]]:
    name = b"entry" if b"</entry>" in body else b"item"
    opening, closing, end = re.compile(rb"<%s[\s>]" % name), b"</%s>" % name, 0
    while found := opening.search(body, end):
        end = body.find(closing, found.start())
        if end < 0:
            return
        end += len(closing)
        yield found.start(), end


def _is_whole(block: bytes) -> bool:
    """Neither does its end stand in a text or a comment, nor has another entry begun before."""
    pairs = block.count(b"<![CDATA[") == block.count(b"]]>")
    return pairs and b"<!--" not in block and len(re.findall(rb"<(?:item|entry)[\s>]", block)) == 1


def _hash_of(block: bytes) -> str:
    return "" if TIMED.search(block) else hashlib.sha256(block).hexdigest()[:16]
