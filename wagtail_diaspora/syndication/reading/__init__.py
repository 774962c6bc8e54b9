"""Other people's feeds, read from bytes: RSS, Atom, JSON Feed, ninjs, and lists of feeds (OPML).

Public API: `read`, `without_known`, `find_feeds`, `find_hub`, `is_page`, `read_list`, `RemoteFeed`,
`RemoteEntry`, `FeedUnreadable`. What comes out is bounded and clean: plain text, sanitised HTML without
pictures, absolute addresses. An entry that cannot be used is counted, and rejects no feed.
"""

from .discovery import HUB, find_feeds, find_hub
from .errors import FeedUnreadable, NoFeedNamed
from .opml import Listed, read_list
from .results import RemoteEntry, RemoteFeed, Unusable
from .sniffing import is_page, read
from .trimming import without_known

__all__ = [
    "HUB",
    "FeedUnreadable",
    "Listed",
    "NoFeedNamed",
    "RemoteEntry",
    "RemoteFeed",
    "Unusable",
    "find_feeds",
    "find_hub",
    "is_page",
    "read",
    "read_list",
    "without_known",
]
