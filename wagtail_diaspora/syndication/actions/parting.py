"""What a hub says to a member whose source is deleted: afterwards there is nothing left to read it from.

Public API: `part(member)`, `lost_with(source)`. What waits for newsrooms of the hub does not leave any more,
and the member is told which news that is: it tells these newsrooms itself.
"""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from ..models import Change, Delivery, Member, Partner, RemoteItem, RemoteSource, RemoteState
from ..states import AT_ONCE_TOLD
from .members import newest_read
from .senders import mailbox_digest, newsrooms_of

__all__ = ["lost_with", "part"]

Untold = list[list[list[str]]]
LOOKED_BACK = timedelta(days=14)
"""What is older is news no more."""


def part(member: Member) -> None:
    """In the transaction that deletes the source, before anything of it is gone."""
    Partner.objects.filter(municipality=member.municipality_id).hold()
    not_looked_at = [sorted(newsrooms_of(member.municipality_id)), _not_looked_at(member.source)]
    parting = {"read": newest_read(member), "untold": [not_looked_at, *_stopped(member.source)]}
    Member.objects.filter(pk=member.pk).update(parting=parting)


def lost_with(source: RemoteSource) -> int:
    """How much waits that nobody else would send: whoever is no member any more is told nothing."""
    told = Member.objects.in_the_chain().filter(source=source).exists()
    return 0 if told else _waiting(source).filter(sent_at=None).count()


def _stopped(source: RemoteSource) -> Untold:
    """What waited for each newsroom; those for which the same did are named together."""
    waiting = _waiting(source)
    never_left = waiting.filter(sent_at=None).values_list("partner__email", "edition__item__remote__identity")
    stopped, together = defaultdict(set), defaultdict(list)
    for email, item in never_left:
        stopped[mailbox_digest(email)].add(str(item))
    for newsroom, items in stopped.items():
        together[frozenset(items)].append(newsroom)
    waiting.cancel()
    return [[sorted(newsrooms), sorted(items)] for items, newsrooms in together.items()]


def _waiting(source: RemoteSource) -> QuerySet[Delivery]:
    lines = Delivery.objects.waiting().filter(edition__item__remote__in=_nowhere_else(source.items))
    return lines.exclude(kind__in=AT_ONCE_TOLD)


def _not_looked_at(source: RemoteSource) -> list[str]:
    """By a person, or by whoever passes it on."""
    told = Change.objects.filter(edition__item__remote=OuterRef("pk"), number__lte=F("channel__told"))
    lately = {"news_at__gte": timezone.now() - LOOKED_BACK, "held_before": False}
    to_show = source.items.filter(state__in=(RemoteState.WAITING, RemoteState.SHOWN), **lately)
    waiting = _nowhere_else(to_show.exclude(digest="")).filter(~Exists(told)).order_by("-news_at")
    return list(map(str, waiting.values_list("identity", flat=True)))


def _nowhere_else(items: QuerySet[RemoteItem]) -> QuerySet[RemoteItem]:
    """What another source has as well is passed on from there."""
    passing = RemoteSource.objects.passing().exclude(pk=OuterRef("source"))
    same = {"municipality": OuterRef("municipality"), "identity": OuterRef("identity")}
    others = RemoteItem.objects.filter(**same, state=RemoteState.SHOWN, source__in=passing)
    return items.filter(~Exists(others))
