"""What a partner chooses holds also for what waits for it already.

Public API: `follow_choice(partner)`, and what it asks of each line: `still_wanted`, `redated`.
"""

from datetime import datetime, timedelta

from django.utils import timezone, translation

from wagtail_diaspora import conf

from ..models import Delivery, Partner
from ..states import AT_ONCE_TOLD, ChangeKind, Pace
from .building import Speaker
from .lines import lay_anew, way_to
from .telling import MORNING, next_morning

__all__ = ["follow_choice", "redated", "speaker_for", "still_wanted"]

AT_ONCE = 200


def follow_choice(partner: Partner) -> None:
    """In the caller's transaction, which holds the partner. A mail under way is written anew."""
    Partner.objects.filter(pk=partner.pk).update(chosen_at=timezone.now())
    partner = Partner.objects.choosing().get(pk=partner.pk)
    speaker = speaker_for(partner)
    waiting = Delivery.objects.waiting().filter(partner=partner).select_related("edition__item", "partner")
    dropped, moved, dated = [], [], []
    for line in waiting.order_by("pk").iterator(AT_ONCE):
        due_at = redated(partner, line)
        if not still_wanted(partner, line, speaker):
            dropped.append(line.pk)
        elif line.way != way_to(partner, line.kind, line):
            moved.append((line, due_at))
        elif line.due_at != due_at:
            line.due_at = due_at
            dated.append(line)
    Delivery.objects.bulk_update(dated, ["due_at"], batch_size=AT_ONCE)
    Delivery.objects.filter(pk__in=[*dropped, *(line.pk for line, _due in moved)]).cancel()
    for line, due_at in moved:
        lay_anew(line, due_at=due_at)


def speaker_for(partner: Partner) -> Speaker:
    return Speaker.of(partner.municipality, translation.get_language() or "")


def still_wanted(partner: Partner, line: Delivery, speaker: Speaker) -> bool:
    """A correction or withdrawal is owed to whoever got the item, whatever it takes now."""
    if line.kind in AT_ONCE_TOLD or line.asked:
        return True
    if line.kind == ChangeKind.EMBARGOED and not partner.takes_embargoed:
        return False
    return partner.wants(line.edition.language, {topic.code for topic in speaker.topics(line.edition)})


def redated(partner: Partner, line: Delivery) -> datetime:
    """When it leaves by the pace that holds now."""
    now = timezone.now()
    if line.kind in AT_ONCE_TOLD or line.asked:
        return line.due_at
    if partner.pace == Pace.DAILY:
        in_the_morning = timezone.localtime(line.due_at).time() == MORNING
        return line.due_at if in_the_morning else next_morning(max(line.due_at, now))
    soon = line.created_at + timedelta(minutes=conf.PRESS_DELAY_MINUTES)
    return min(line.due_at, max(soon, now))
