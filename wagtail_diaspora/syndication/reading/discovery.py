"""The feeds that a page names in its head (autodiscovery).

Public API: `find_feeds`.
"""

import re
from html.parser import HTMLParser

from .cleaning import absolute
from .errors import NoFeedNamed

__all__ = ["find_feeds"]

LONGEST = 300_000
JSON_FEED = "application/feed+json"
TYPES = (
    JSON_FEED,
    "application/atom+xml",
    "application/rss+xml",
    "application/json",
    "application/rdf+xml",
)
COMMENTS = re.compile(r"comment|komentar", re.I)


class LinkParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.base = ""
        self.links: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "base" and not self.base:
            self.base = said.get("href", "")
        elif tag == "link" and "alternate" in said.get("rel", "").lower().split():
            self.links.append(said)


def find_feeds(body: bytes, *, url: str) -> list[str]:
    """Addresses, the page's own order kept; those of comments last. Of one feed in several formats JSON Feed
    stands first, as it says most. Raises NoFeedNamed."""
    parser = LinkParser()
    try:
        parser.feed(body[:LONGEST].decode("utf-8", "replace"))
    except (AssertionError, ValueError) as error:
        raise NoFeedNamed from error
    base = absolute(parser.base, url) or url
    links = [link for link in parser.links if link.get("type", "").lower().strip() in TYPES]
    places = [_place(link) for link in links]
    links.sort(key=lambda link: (_is_of_comments(link), places.index(_place(link)), not _is_json(link)))
    found = [address for link in links if (address := absolute(link.get("href"), base)) and address != url]
    if not found:
        raise NoFeedNamed
    return list(dict.fromkeys(found))[:10]


def _is_of_comments(link: dict[str, str]) -> bool:
    return bool(COMMENTS.search(f"{link.get('title')} {link.get('href')}"))


def _is_json(link: dict[str, str]) -> bool:
    return link["type"].lower().strip() == JSON_FEED


def _place(link: dict[str, str]) -> str:
    """The folder in which all formats of one feed are."""
    return link.get("href", "").rpartition("/")[0]
