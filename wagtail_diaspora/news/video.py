"""Videos are linked, never embedded: nobody else learns of a reader who did not click."""

from urllib.parse import urlsplit

__all__ = ["platform"]


def platform(url: str) -> str:
    """The name by which people know where a video is, as `youtube.com`; empty where the address is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
