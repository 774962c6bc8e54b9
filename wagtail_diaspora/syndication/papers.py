"""The proof for the ministry: which news of a month went to whom, in the ledger's own words.

Public API: `month_proof(municipality, month, language)`, the bytes of a tagged PDF.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wagtail_diaspora.dates import PartialDate, in_sentence, in_words
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.pdf import Document
from wagtail_diaspora.scripts import to_cyrillic
from wagtail_diaspora.words import say

from .models import Delivery
from .states import DeliveryState

__all__ = ["month_proof"]

TAGS = {"sr": "sr-Cyrl", "sr-latn": "sr-Latn"}


def month_proof(municipality: Municipality, *, month: date, language: str) -> bytes:
    """`month` is its first day. Lines that were cancelled were told to nobody, and are not there."""
    with translation.override(language):
        lines = list(_lines(municipality, month))
        name = say(municipality.name, language) or municipality.code
        told = in_words(PartialDate(month.year, month.month))
        title = _("News for the diaspora in the media, %(month)s") % {"month": told}
        document = Document(title=title, language=TAGS.get(language, language), author=name, footer=name)
        document.paragraph(name, bold=True)
        document.heading(title)
        document.paragraph(_what_it_says(), quiet=True)
        document.heading(pgettext("paper", "In total"), 2)
        document.rows(_totals(lines))
        document.heading(_("Each item and what is known of it"), 2)
        if lines:
            document.table(_head(), [_row(line, language) for line in lines], [0.34, 0.2, 0.14, 0.32])
        else:
            document.paragraph(_("No news was sent to the media in this month."))
        document.paragraph(_("Written on %(day)s.") % {"day": in_sentence(timezone.localdate())}, quiet=True)
        return document.render()


def _lines(municipality: Municipality, month: date) -> Iterable[Delivery]:
    begins = timezone.make_aware(datetime.combine(month, time()))
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    ends = timezone.make_aware(datetime.combine(following, time()))
    lines = Delivery.objects.filter(partner__municipality=municipality, created_at__range=(begins, ends))
    lines = lines.exclude(created_at=ends).exclude(state=DeliveryState.CANCELLED)
    return lines.select_related("partner", "edition").order_by("created_at", "pk")


def _what_it_says() -> str:
    return _(
        "Sent means that the mail left; accepted, that the newsroom's mail server took it. "
        "Neither says that anybody has read it: only a person confirms that."
    )


def _totals(lines: list[Delivery]) -> list[tuple[str, str]]:
    counted = Counter(line.get_state_display() for line in lines)
    items = len({line.edition.item_id for line in lines})
    return [
        (pgettext("paper", "Items of news"), str(items)),
        (pgettext("paper", "Newsrooms"), str(len({line.partner_id for line in lines}))),
        (pgettext("paper", "Deliveries"), str(len(lines))),
        *((words, str(counted[words])) for words in sorted(counted)),
    ]


def _head() -> list[str]:
    return [
        pgettext("news item", "Headline"),
        _("Newsroom"),
        _("What was told"),
        pgettext("delivery of news", "State"),
    ]


def _row(line: Delivery, language: str) -> list[str]:
    day = line.aired_on or timezone.localdate(line.state_at)
    title = to_cyrillic(line.title) if language == "sr" and _is_ours(line) else line.title
    state = pgettext("delivery of news", "%(state)s, %(day)s")
    said = state % {"state": line.get_state_display(), "day": in_words(day)}
    return [title, line.partner.name, line.get_kind_display(), said]


def _is_ours(line: Delivery) -> bool:
    """A headline in one of the languages that have both scripts."""
    return line.edition.language in ("bs", "sr", "sr-latn")
