"""From due lines of the ledger to mails in the outbox, one partner after the other.

Public API: `send_due()`, `send_to(partner)`, `sent_today(partner)`. The lines and the mails change in one
transaction, which holds the partner's row from its first statement on: two workers never send the same line.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.outbox.actions import post_mails

from ..models import Delivery, Edition, Partner
from ..states import AT_ONCE_TOLD, DeliveryState, Pace, Way
from .apart import apart
from .attaching import attach_picture
from .building import Speaker
from .picturing import make_pictures
from .press import letter
from .proposing import LISTED, proposed_to
from .scripting import language_in
from .telling import MORNING, next_morning

__all__ = ["AT_ONCE", "send_due", "send_to", "sent_today"]

AT_ONCE = 50
AT_A_TIME = 20
"""Mails to one newsroom that are put into the outbox, corrections too: its server may take more for an
attack. The rest is due still."""
JUST_NOW = timedelta(seconds=45)
"""A little less than the clock's minute, which does not begin when these are written."""
LEAVES = (
    *(DeliveryState.UNDER_WAY, DeliveryState.ACCEPTED, DeliveryState.FETCHED),
    *(DeliveryState.CONFIRMED, DeliveryState.AIRED),
)
"""In these a mail that was written has left, or is about to."""
Letters = list[list[Delivery]]


def send_due() -> int:
    """Returns how many mails were written."""
    due = Delivery.objects.to_send(timezone.now()).filter(partner__in=Partner.objects.confirmed())
    keys = list(due.order_by("partner").values_list("partner", flat=True).distinct())
    for municipality in Municipality.objects.filter(partners__in=keys).select_related("site").distinct():
        editions = Edition.objects.told().filter(deliveries__in=due, item__municipality=municipality)
        make_pictures(editions.distinct())
    return apart(send_to, keys)


@retry_when_locked
@transaction.atomic
def send_to(partner: int) -> int:
    """What is due to one partner now, if it still takes mails."""
    confirmed = Partner.objects.confirmed().filter(pk=partner)
    if not confirmed.hold():
        return 0
    to = confirmed.select_related("municipality__site").get()
    due = Delivery.objects.to_send(timezone.now()).filter(partner=to).order_by("due_at", "number")
    related = due.select_related("edition__item")
    letters = _in_limit(to, _letters(to, list(related[:AT_ONCE])))
    earlier = _earlier(to, letters)
    speakers = {
        code: Speaker.of(to.municipality, language_in(to.script, code)) for code in _languages(letters)
    }
    for lines in letters:
        attach_picture(to, lines)
    messages = post_mails(
        letter(
            to,
            lines,
            speaker=speakers[lines[0].edition.language],
            replies_to=earlier,
            examples=_examples(to, lines),
        )
        for lines in letters
    )
    now = timezone.now()
    for lines, message in zip(letters, messages, strict=True):
        for line in lines:
            line.state, line.state_at, line.posted_at = DeliveryState.UNDER_WAY, now, now
            line.message_key, line.message_id = message.key, message.message_id
            line.attempt, line.noted_at = line.attempt + 1, now
    _save(letters)
    return len(letters)


def _letters(partner: Partner, due: list[Delivery]) -> Letters:
    """A correction or withdrawal goes by itself; of a day's news, and of what a day's limit has held back,
    there is one mail in each language."""
    by_language = defaultdict(list)
    for line in due:
        by_itself = partner.pace == Pace.IMMEDIATE and not _was_held_back(line)
        own = line.pk if by_itself or line.kind in AT_ONCE_TOLD else ""
        by_language[line.edition.language, own].append(line)
    return list(by_language.values())


def _was_held_back(line: Delivery) -> bool:
    return timezone.localtime(line.due_at).time() == MORNING


def _in_limit(partner: Partner, letters: Letters) -> Letters:
    """What is beyond the day's limit waits for the morning, what is too much at once for the next round."""
    left = partner.daily_limit - sent_today(partner)
    now, later = [], []
    for lines in letters:
        urgent = lines[0].kind in AT_ONCE_TOLD
        left -= not urgent
        (now if urgent or left >= 0 else later).append(lines)
    held = [line.pk for lines in later for line in lines]
    Delivery.objects.filter(pk__in=held).update(due_at=next_morning(timezone.now()))
    return now[: max(AT_A_TIME - _sent_just_now(partner), 0)]


def _sent_just_now(partner: Partner) -> int:
    lately = {"partner": partner, "way": Way.MAIL, "posted_at__gt": timezone.now() - JUST_NOW}
    return Delivery.objects.filter(**lately).values("message_key").distinct().count()


def sent_today(partner: Partner) -> int:
    """How many mails left for it, or are about to: not one that was cancelled or never got away."""
    begins = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    leaves = Q(state__in=LEAVES, posted_at__gte=begins) | Q(sent_at__gte=begins)
    mails = Delivery.objects.filter(leaves, partner=partner, way=Way.MAIL).exclude(kind__in=AT_ONCE_TOLD)
    return mails.values("message_key").distinct().count()


def _earlier(partner: Partner, letters: Letters) -> dict[int, str]:
    """By edition, the Message-ID of the first mail about it, which a correction answers."""
    editions = {line.edition_id for lines in letters for line in lines}
    sent = Delivery.objects.got().filter(partner=partner, edition__in=editions).exclude(message_id="")
    return dict(sent.order_by("-version").values_list("edition", "message_id"))


def _examples(partner: Partner, lines: list[Delivery]) -> list[Edition]:
    """The day's mail proposes what it does not bring."""
    if partner.pace != Pace.DAILY or lines[0].kind in AT_ONCE_TOLD:
        return []
    return list(proposed_to(partner, lines[0].edition.language)[:LISTED])


def _languages(letters: Letters) -> set[str]:
    return {line.edition.language for lines in letters for line in lines}


def _save(letters: Iterable[list[Delivery]]) -> None:
    fields = ["state", "state_at", "noted_at", "posted_at", "attachment"]
    fields += ["message_key", "message_id", "attempt"]
    Delivery.objects.bulk_update([line for lines in letters for line in lines], fields)
