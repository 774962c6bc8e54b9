"""Words that break feeds: markup, control characters, surrogates, both scripts, emoji."""

from hypothesis import strategies as st

SNIPPETS = [
    "]]>",
    "<![CDATA[",
    "<b>",
    "&amp;",
    "&",
    "\x00",
    "\x0b",
    "\ud800",
    "\ufffe",
    "\r\n",
    "\u2028",
    "🌉",
    "Ђурђевак",
]

_letters = st.characters(exclude_categories=())
nasty = st.lists(st.sampled_from(SNIPPETS) | st.text(_letters, max_size=8), max_size=8).map("".join)


def without_controls(text: str) -> str:
    """As the XML recommendation lists its characters; the slow way, to compare with."""
    return "".join(letter for letter in text if _allowed(ord(letter)))


def _allowed(point: int) -> bool:
    return point in (9, 10, 13) or 0x20 <= point < 0xD800 or 0xE000 <= point < 0xFFFE or point > 0xFFFF
