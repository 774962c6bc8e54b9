"""From what a page holds to HTML and text that may leave the site.

Public API: `as_html`, `as_text`, `as_lines`, `as_sentences`, `outward`, `running`.
"""

import html
import re
from typing import Any
from urllib.parse import urljoin

import nh3
from django.utils.html import format_html, linebreaks, strip_tags
from django.utils.safestring import SafeData
from wagtail.blocks import CharBlock, StreamValue
from wagtail.rich_text import RichText, expand_db_html

from wagtail_diaspora.live import without_live_blocks

__all__ = ["as_html", "as_lines", "as_sentences", "as_text", "outward", "running"]

TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "div", "dl", "dt", "em"),
    *("figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre"),
    *("q", "s", "small", "span", "strong", "sub", "sup"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "ul"),
}
ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
ADDRESSES = {"href", "src"}
HEADINGS = {
    *("heading", "subheading", "title", "subtitle", "header", "headline"),
    *("naslov", "podnaslov", "medjunaslov"),
}
"""Names of blocks of one line that hosts show as headings in the page's template, which feeds do not see."""
HEADING = re.compile(r"<h([2-6])\b.*?</h\1>", re.DOTALL)
EMPTY = re.compile(r"<(div|p|h[2-6])>\s*</\1>\s*")
EMPTY_SPAN = re.compile(r"<span>(\s*)</span>")
"""Unlike a block it stands between words, and may hold the space that parts them."""
EMBEDDED = re.compile(r'<embed(?=[^>]*\sembedtype="media")[^>]*\surl="([^"]*)"[^>]*/?>')
"""A video in rich text: outside it is a link, and nobody else's server is asked for its picture."""
LINKED = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>')
BLOCK_END = re.compile(r"</(?:p|h[2-6]|ul|ol|dl|blockquote|table|tr|div|figure|pre)>")
BREAK = re.compile(r"<br[^>]*>|</(?:dt|dd|figcaption|caption)>|(?<=[\w.!?…”“»])(?=<cite\b)")
ITEM = re.compile(r"<li[^>]*>")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def as_html(value: Any, *, rich: bool = False) -> str:
    """What a field holds; `rich` says that a string is rich text as the database keeps it."""
    if isinstance(value, RichText):
        value, rich = value.source, True
    if isinstance(value, StreamValue):
        return _of_blocks(value)
    if rich:
        return expand_db_html(EMBEDDED.sub(r'<p><a href="\1">\1</a></p>', value or ""))
    if isinstance(value, SafeData):
        return str(value)
    return linebreaks(str(value or ""), autoescape=True)


def _of_blocks(value: StreamValue) -> str:
    with without_live_blocks():
        if value.stream_block.get_template(value, context=None):
            return str(value.render_as_block())
        return "\n".join(map(_of_block, value))


def _of_block(child: StreamValue.StreamChild) -> str:
    own = child.block.get_template(child.value, context=None)
    heads = isinstance(child.block, CharBlock) and child.block_type in HEADINGS and not own
    if heads and not child.value:
        return ""
    return format_html("<h2>{}</h2>" if heads else "<div>{}</div>", child.render())


def as_text(value: Any) -> str:
    """On one line, without tags, entities and control characters."""
    return " ".join(CONTROL.sub("", html.unescape(strip_tags(str(value or "")))).split())


def as_lines(markup: str) -> str:
    """Clean HTML as plain text: a paragraph for each block, and behind a link its address."""
    text = LINKED.sub(r"\2 (\1)", " ".join(markup.split()))
    text = ITEM.sub("\n• ", BREAK.sub("\n", BLOCK_END.sub("\n\n", text)))
    lines = [as_text(line) for line in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def as_sentences(markup: str) -> str:
    """HTML as plain text on one line, without the addresses of links."""
    return as_text(ITEM.sub(" ", BREAK.sub(" ", BLOCK_END.sub(" ", markup))))


def running(markup: str) -> str:
    """Without its headings, if anything is left then."""
    return HEADING.sub(" ", markup) if as_text(HEADING.sub(" ", markup)) else markup


def outward(markup: str, *, base: str) -> str:
    """Clean HTML for other people's pages, with absolute addresses."""

    def absolute(_element: str, attribute: str, value: str) -> str:
        return urljoin(base, value) if attribute in ADDRESSES else value

    cleaned = nh3.clean(
        CONTROL.sub("", markup),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=absolute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return EMPTY.sub("\n", EMPTY_SPAN.sub(r"\1", cleaned)).strip()
