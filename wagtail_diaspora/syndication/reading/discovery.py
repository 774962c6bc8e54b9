"""What a page names in its head (autodiscovery): its feeds, and where one joins a hub.

Public API: `find_feeds`, `find_hub`.
"""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from requests.utils import parse_header_links

from .cleaning import absolute
from .errors import NoFeedNamed

__all__ = ["HUB", "find_feeds", "find_hub"]

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


HUB = "diaspora-hub"


class LinkParser(HTMLParser):
    def __init__(self, relation: str) -> None:
        super().__init__()
        self.relation = relation
        self.base = ""
        self.links: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "base" and not self.base:
            self.base = said.get("href", "")
        elif tag == "link" and self.relation in said.get("rel", "").lower().split():
            self.links.append(said)


def find_feeds(body: bytes, *, url: str) -> list[str]:
    """Addresses, the page's own order kept; those of comments last. Of one feed in several formats JSON Feed
    stands first, as it says most. Raises NoFeedNamed."""
    base, links = _links(body, url, "alternate")
    links = [link for link in links if link.get("type", "").lower().strip() in TYPES]
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


def find_hub(body: bytes, *, url: str, headers: Mapping[str, str]) -> str:
    """Where a website asks to join, as the header Link or the page says; empty, where neither does."""
    said = [one for one in parse_header_links(headers.get("Link", "")) if one.get("rel") == HUB]
    found = absolute(said[0]["url"], url) if said else ""
    try:
        base, links = _links(body, url, HUB)
    except NoFeedNamed:
        base, links = url, []
    return found or next(filter(None, (absolute(link.get("href"), base) for link in links)), "")


def _links(body: bytes, url: str, relation: str) -> tuple[str, list[dict[str, str]]]:
    parser = LinkParser(relation)
    try:
        parser.feed(body[:LONGEST].decode("utf-8", "replace"))
    except (AssertionError, ValueError) as error:
        raise NoFeedNamed from error
    return absolute(parser.base, url) or url, parser.links
