"""What a newsroom reads in every format, in the entry's language.

Public API: `description`, `body`, `remarks`.
"""

from collections.abc import Iterator
from html import escape

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wagtail_diaspora.dates import in_sentence

from ..entries import Entry
from .text import clean, line, tag

__all__ = ["body", "description", "remarks"]


def description(entry: Entry) -> str:
    """Plain text. Whoever reads nothing else learns of a correction, an embargo, a withdrawal."""
    summary, remark = clean(entry.summary).strip(), remarks(entry)
    said = [summary, remark] if entry.withdrawn else [remark, summary]
    return "\n".join(filter(None, dict.fromkeys(said)))


def body(entry: Entry) -> str:
    """HTML; a withdrawn entry has none."""
    markup = clean(entry.body).strip()
    if entry.withdrawn or not markup:
        return ""
    note = escape(_correction(entry), quote=False)
    return f"<p><strong>{note}</strong></p>\n{markup}" if note else markup


def remarks(entry: Entry) -> str:
    """For the editors who take the entry over."""
    return "\n".join(filter(None, _remarks(entry)))


def _remarks(entry: Entry) -> Iterator[str]:
    if entry.withdrawn:
        yield line(entry.note)
        return
    yield _correction(entry)
    yield _embargo(entry)


def _correction(entry: Entry) -> str:
    note = line(entry.note)
    if not (entry.corrected and note):
        return ""
    with translation.override(_catalogue(entry)):
        return _("Correction: %(note)s") % {"note": note}


def _embargo(entry: Entry) -> str:
    if not entry.embargoed_until:
        return ""
    moment = timezone.localtime(entry.embargoed_until, timezone.get_default_timezone())
    with translation.override(_catalogue(entry)):
        named = {"date": in_sentence(moment.date(), _catalogue(entry)), "time": f"{moment:%H:%M %Z}"}
        return _("Embargo until %(date)s, %(time)s.") % named


def _catalogue(entry: Entry) -> str:
    return tag(entry.language).lower().replace("sr-cyrl", "sr")
