"""The proof for the ministry: which news of a month went to whom, in the ledger's own words.

Public API: `month_proof(municipality, month, language, part)`, the bytes of a tagged PDF, and
`parts_of(municipality, month)`.
"""

import math
from collections import Counter
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wagtail_diaspora.dates import PartialDate, in_sentence, in_words
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.pdf import Document
from wagtail_diaspora.scripts import to_cyrillic
from wagtail_diaspora.words import say

from .actions.senders import mailbox_digest
from .models import Delivery, HubLine
from .models.ledger import counted
from .states import DeliveryState

__all__ = ["LINES_A_PART", "month_proof", "parts_of"]

LINES_A_PART = 500

Line = Delivery | HubLine
TAGS = {"sr": "sr-Cyrl", "sr-latn": "sr-Latn"}


def parts_of(municipality: Municipality, month: date) -> int:
    """How many papers the month fills: one is made while somebody waits for it."""
    count = _lines(municipality, month).count() + _through_the_hub(municipality, month).count()
    return max(math.ceil(count / LINES_A_PART), 1)


def month_proof(municipality: Municipality, *, month: date, language: str, part: int = 1) -> bytes:
    """`month` is its first day. Lines that were cancelled were told to nobody, and are not there."""
    with translation.override(language):
        lines, through = _lines(municipality, month), _through_the_hub(municipality, month)
        parts = parts_of(municipality, month)
        name = say(municipality.name, language) or municipality.code
        title = _title(month, part, parts)
        document = Document(title=title, language=TAGS.get(language, language), author=name, footer=name)
        document.paragraph(name, bold=True)
        document.heading(title)
        document.paragraph(_what_it_says(), quiet=True)
        document.heading(pgettext("paper", "In total"), 2)
        document.rows(_totals(lines, through))
        document.heading(_("Each item and what is known of it"), 2)
        rows = [_row(line, language) for line in _shown(lines, through, part)]
        if rows:
            document.table(_head(), rows, [0.34, 0.2, 0.14, 0.32])
        else:
            document.paragraph(_("No news was sent to the media in this month."))
        document.paragraph(_("Written on %(day)s.") % {"day": in_sentence(timezone.localdate())}, quiet=True)
        return document.render()


def _title(month: date, part: int, parts: int) -> str:
    told = in_words(PartialDate(month.year, month.month))
    title = _("News for the diaspora in the media, %(month)s") % {"month": told}
    if parts == 1:
        return title
    number = pgettext("paper", "part %(part)d of %(parts)d") % {"part": part, "parts": parts}
    return f"{title}, {number}"


def _lines(municipality: Municipality, month: date) -> QuerySet[Delivery]:
    begins, ends = _bounds(month)
    lines = Delivery.objects.filter(partner__municipality=municipality)
    return lines.filter(created_at__gte=begins, created_at__lt=ends).exclude(state=DeliveryState.CANCELLED)


def _through_the_hub(municipality: Municipality, month: date) -> QuerySet[HubLine]:
    told = HubLine.objects.told().filter(membership__municipality=municipality)
    return told.between(*_bounds(month)).order_by("created_at", "pk")


def _bounds(month: date) -> tuple[datetime, datetime]:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    begins, ends = (timezone.make_aware(datetime.combine(day, time())) for day in (month, following))
    return begins, ends


def _shown(lines: QuerySet[Delivery], through: QuerySet[HubLine], part: int) -> list[Line]:
    """Nothing but what a row says: an edition has a whole article. What went through a hub comes last."""
    said = ("title", "kind", "way", "state", "state_at", "aired_on", "partner__name", "edition__language")
    chosen = lines.select_related("partner", "edition").only(*said).order_by("created_at", "pk")
    begins, ends = (part - 1) * LINES_A_PART, part * LINES_A_PART
    own = list(chosen[begins:ends])
    before = lines.count()
    return [*own, *through[max(begins - before, 0) : max(ends - before, 0)]]


def _what_it_says() -> str:
    return _(
        "Sent means that the mail left; accepted, that the newsroom's mail server took it. "
        "Neither says that anybody has read it: only a person confirms that."
    )


def _totals(lines: QuerySet[Delivery], through: QuerySet[HubLine]) -> list[tuple[str, str]]:
    """Of the whole month, in each of its parts."""
    emails = set(lines.order_by().values_list("partner__email", flat=True).distinct())
    newsrooms = {*map(mailbox_digest, emails), *_different(through, "mailbox")}
    items = {*_different(lines, "edition__item"), *_different(through, "item")}
    hubs = Counter(through.order_by().values_list("hub", flat=True))
    states = counted(lines) + counted(through)
    return [
        (pgettext("paper", "Items of news"), str(len(items))),
        (pgettext("paper", "Newsrooms"), str(len(newsrooms))),
        (pgettext("paper", "Deliveries"), str(states.total())),
        *((_by(hub), str(hubs[hub])) for hub in sorted(hubs)),
        *((words, str(states[words])) for words in sorted(states)),
    ]


def _different(rows: QuerySet, name: str) -> set:
    return set(rows.order_by().values_list(name, flat=True).distinct())


def _by(hub: str) -> str:
    return pgettext("delivery of news", "through %(hub)s") % {"hub": hub}


def _who(line: Line) -> str:
    return f"{line.newsroom}, {_by(line.hub)}" if isinstance(line, HubLine) else line.newsroom


def _head() -> list[str]:
    return [
        pgettext("news item", "Headline"),
        _("Newsroom"),
        _("What was told"),
        pgettext("delivery of news", "State"),
    ]


def _row(line: Line, language: str) -> list[str]:
    day = line.aired_on or timezone.localdate(line.state_at)
    title = to_cyrillic(line.title) if language == "sr" and _is_ours(line) else line.title
    state = pgettext("delivery of news", "%(state)s, %(day)s")
    said = state % {"state": line.get_state_display(), "day": in_words(day)}
    return [title, _who(line), line.get_kind_display(), said]


def _is_ours(line: Line) -> bool:
    """A headline in one of the languages that have both scripts."""
    return line.language in ("bs", "sr", "sr-latn")
