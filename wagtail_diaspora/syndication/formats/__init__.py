"""The formats of a feed: plain values in, bytes out.

Public API: `Format`, `FORMATS`. The same feed always gives the same bytes, and a format never decides who
may see an entry. Beside them, for whole sites: `opml.write_opml`, `sitemap.write_news_sitemap`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..entries import Feed
from . import atom, json_feed, newsml, ninjs1, ninjs3, rss

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True)
class Format:
    """A feed's address ends in `name.suffix`; `label` is what people call it.

    Where a reader may ask for what is new only (RFC 3229), `element` finds the elements of entries, in their
    order, in the bytes; and only such a format has an archive.
    """

    name: str
    suffix: str
    content_type: str
    write: Callable[[Feed], bytes]
    label: str
    element: re.Pattern[bytes] | None = None


FORMATS = {
    known.name: known
    for known in (
        Format("rss", "xml", rss.CONTENT_TYPE, rss.write_rss, "RSS 2.0", rss.ELEMENT),
        Format("atom", "xml", atom.CONTENT_TYPE, atom.write_atom, "Atom 1.0", atom.ELEMENT),
        Format("feed", "json", json_feed.CONTENT_TYPE, json_feed.write_json_feed, "JSON Feed 1.1"),
        Format("ninjs1", "json", ninjs1.CONTENT_TYPE, ninjs1.write_ninjs1, "ninjs 1.6"),
        Format("ninjs3", "json", ninjs3.CONTENT_TYPE, ninjs3.write_ninjs3, "ninjs 3.1"),
        Format("newsml", "xml", newsml.CONTENT_TYPE, newsml.write_newsml, "NewsML-G2"),
    )
}
