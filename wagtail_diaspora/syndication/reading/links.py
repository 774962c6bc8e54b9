"""The `Link` header of WebSub.

Public API: `Links`, `from_header`.
"""

from dataclasses import dataclass

from requests.utils import parse_header_links

__all__ = ["Links", "from_header"]


@dataclass(frozen=True)
class Links:
    hubs: tuple[str, ...] = ()
    self: str = ""


def from_header(value: str) -> Links:
    found = parse_header_links(value[:4000]) if value else []
    hubs = tuple(link["url"] for link in found if "hub" in link.get("rel", "").lower().split())
    own = [link["url"] for link in found if "self" in link.get("rel", "").lower().split()]
    return Links(hubs, own[0] if own else "")
