"""Read by Sphinx: `make docs`. Asks nothing of Django, so the pages build where only Sphinx is."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

project = "wagtail-diaspora"
author = "the wagtail-diaspora authors"
copyright = f"2026, {author}"
release = re.search(r'__version__ = "(.+?)"', (ROOT / "wagtail_diaspora/__init__.py").read_text())[1]

extensions = ["myst_parser"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"wagtail-diaspora {release}"
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"top_of_page_buttons": []}

GUIDES = {"bs": "bs", "hr": "hr", "sr_Latn": "sr-Latn", "sr": "sr-Cyrl"}
"""Folders of `guide` and pages of `newsrooms`, and how HTML names their language."""


def say_language(app, pagename, templatename, context, doctree):
    """A screen reader reads each guide in its own language."""
    room, _slash, rest = pagename.partition("/")
    spoken = rest.partition("/")[0] if room in ("guide", "newsrooms") else "en"
    context["language"] = GUIDES.get(spoken, "en")


def setup(app):
    app.connect("html-page-context", say_language)
