"""Which format it is, by its content: names and headers of strangers are often wrong."""

import logging
import re
from collections.abc import Mapping

from . import json_documents, xml_feeds
from .errors import FeedUnreadable
from .links import from_header
from .results import RemoteFeed

__all__ = ["first_tag", "is_page", "read"]

logger = logging.getLogger(__name__)

HEAD = 4096
SKIPPED = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.S)
TAG = re.compile(rb"<(?:!doctype\s+)?([a-z_][\w.:-]*)", re.I)
PAGE_TAGS = ("html", "head", "body", "meta", "title", "script", "div", "p")
SPACE = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"


def read(body: bytes, *, url: str, headers: Mapping[str, str] | None = None) -> RemoteFeed:
    """The feed that was read at `url`. Raises FeedUnreadable, and nothing else."""
    headers = headers or {}
    links = from_header(headers.get("Link", ""))
    try:
        if _is_json(body):
            return json_documents.read(body, url=url, links=links)
        return xml_feeds.read(body, url=url, content_type=headers.get("Content-Type", ""), links=links)
    except FeedUnreadable:
        raise
    except Exception as error:  # strangers' data may be wrong in any way
        logger.info("The feed %s cannot be read: %s", url, type(error).__name__)
        raise FeedUnreadable from error


def is_page(body: bytes) -> bool:
    """Whether it is HTML, which may name a feed."""
    return not _is_json(body) and first_tag(body) in PAGE_TAGS


def _is_json(body: bytes) -> bool:
    return body.lstrip(SPACE)[:1] in (b"{", b"[")


def first_tag(body: bytes) -> str:
    """In lower case and without a prefix, of whatever encoding."""
    found = TAG.search(SKIPPED.sub(b"", body[:HEAD].replace(b"\0", b"")))
    return found[1].decode("ascii", "replace").lower().rpartition(":")[2] if found else ""
