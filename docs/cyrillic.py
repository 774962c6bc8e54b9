"""Writes the guides in Serbian Cyrillic from the Latin ones: `python docs/cyrillic.py`, or `--check`.

Code, links, file names, directives and Wagtail's own words (*in italics*) stay as they are; pictures become
those of the other script.
"""

import re
import sys
from pathlib import Path

GUIDE = Path(__file__).resolve().parent / "guide"
SOURCE, TARGET = GUIDE / "sr_Latn", GUIDE / "sr"
sys.path.insert(0, str(GUIDE.parents[1]))

from wagtail_diaspora.scripts import to_cyrillic  # noqa: E402

KEPT = re.compile(
    r"""
    ( `[^`]+` | \]\([^)]*\) | <[^>]+>          # code, links, addresses
    | (?<!\*)\*[^*\n]+\*(?!\*)                 # Wagtail's own words
    | ^```.*$ | ^:(?!alt:)\w+:.*$ | ^:alt: )    # directives and their options
    """,
    re.MULTILINE | re.VERBOSE,
)


def in_cyrillic(text: str) -> str:
    parts = KEPT.split(text.replace("images/sr_Latn/", "images/sr/"))
    return "".join(part if KEPT.fullmatch(part) else to_cyrillic(part) for part in parts)


def wanted() -> dict[Path, str]:
    return {TARGET / path.name: in_cyrillic(path.read_text("utf-8")) for path in SOURCE.glob("*.md")}


def stale() -> list[Path]:
    """Guides that are not, or not any more, what their Latin source says; extra ones too."""
    right, present = wanted(), {path: path.read_text("utf-8") for path in TARGET.glob("*.md")}
    return [path for path in sorted(right.keys() | present.keys()) if right.get(path) != present.get(path)]


def write() -> None:
    TARGET.mkdir(exist_ok=True)
    right = wanted()
    for path in stale():
        path.write_text(right[path], "utf-8") if path in right else path.unlink()


if __name__ == "__main__":
    if "--check" not in sys.argv:
        write()
    elif found := stale():
        sys.exit(f"Out of date: {', '.join(path.name for path in found)}. Run: python docs/cyrillic.py")
