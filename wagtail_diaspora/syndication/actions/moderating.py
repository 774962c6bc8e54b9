"""What people decide about sources and about news of others. Each is logged, and changes nothing twice.

Public API: `show`, `hide`, `pause`, `only_follow`, `resume`, `read_now`, `follow`, `stay`, `subscribe`;
`from_the_start` and `once_more` for forms.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities.logs import log
from wagtail_diaspora.municipalities.models import Municipality

from ..models import RemoteItem, RemoteSource, RemoteState, SourceState
from ..models.remote_items import RemoteItemQuerySet
from ..reading import Listed
from . import passing

__all__ = [
    "follow",
    "from_the_start",
    "hide",
    "once_more",
    "only_follow",
    "pause",
    "read_now",
    "resume",
    "show",
    "stay",
    "subscribe",
]

ASKS = Q(state=SourceState.ASKS)
READ = ASKS | Q(state=SourceState.ACTIVE)
UNLEASED = {"lease_token": "", "lease_until": None}
"""So that a reading that is under way is dropped when it ends."""
FORGET = {"etag": "", "modified": "", "body_hash": "", "entry_hashes": "", **UNLEASED}
"""So that the next reading takes everything over again."""
ANEW = {"starts_anew": True}
"""So that no partner is told of what stands there already."""


def show(items: Iterable[RemoteItem], *, user: Any) -> int:
    """Nobody shows what its publisher has withdrawn, or has put under embargo."""
    return _decide(items, RemoteState.SHOWN, "shown", user)


def hide(items: Iterable[RemoteItem], *, user: Any) -> int:
    """From whichever source the same piece of news came, or will come."""
    return _decide(items, RemoteState.HIDDEN, "hidden", user)


@retry_when_locked
@transaction.atomic
def _decide(items: Iterable[RemoteItem], state: RemoteState, action: str, user: Any) -> int:
    count = 0
    for item in items:
        same = RemoteItem.objects.filter(municipality=item.municipality_id, identity=item.identity)
        same = same if state == RemoteState.HIDDEN else same.filter(pk=item.pk)
        if _take(same, state):
            _log(item, action, user)
            count += 1
    return count


def _take(same: RemoteItemQuerySet, state: RemoteState) -> int:
    if state == RemoteState.HIDDEN:
        taken, act = same.exclude(state=state).update(state=state), passing.take_back
    else:
        taken, act = same.showable().update(state=state, embargoed_until=None), passing.look_again
    if taken:
        act(same)
    return taken


def pause(sources: Iterable[RemoteSource], *, user: Any) -> int:
    return _change(sources, "source_paused", user, READ, state=SourceState.PAUSED, **UNLEASED)


def only_follow(sources: Iterable[RemoteSource], *, user: Any) -> int:
    """Nothing new, but whoever got what was passed on hears what becomes of it."""
    taking = Q(takes_new=True)
    return _change(sources, "source_only_followed", user, taking, takes_new=False, **UNLEASED)


def resume(sources: Iterable[RemoteSource], *, user: Any) -> int:
    """Also a source that was gone: it is asked again. What came while it was only followed is taken over."""
    at_once = {"state": SourceState.ACTIVE, "takes_new": True, "proposed_url": "", **once_more(), **ANEW}
    stopped = ~Q(state=SourceState.ACTIVE) | Q(takes_new=False)
    return _change(sources, "source_resumed", user, stopped, **at_once, failures=0, trouble="")


def from_the_start(source: RemoteSource) -> dict[str, Any]:
    """What it becomes when somebody gives it another address: like new, unless it is paused."""
    state = SourceState.PAUSED if source.state == SourceState.PAUSED else SourceState.ACTIVE
    new = {"state": state, "next_due_at": timezone.now(), "last_checked_at": None}
    return new | ANEW | {"proposed_url": "", "declined_url": "", "failures": 0, "trouble": "", **FORGET}


def read_now(sources: Iterable[RemoteSource], *, user: Any) -> int:
    """In the next round of the clock, from the start."""
    return _change(sources, "source_read_now", user, READ, **once_more())


def once_more() -> dict[str, Any]:
    """All that stands there is read in the next round of the clock."""
    return {"next_due_at": timezone.now(), **FORGET}


def follow(sources: Iterable[RemoteSource], *, user: Any) -> int:
    """To the new address; where it is read already under another row, this one is paused."""
    count = 0
    for source in sources:
        if not source.proposed_url:
            continue
        others = RemoteSource.objects.filter(
            municipality=source.municipality_id, feed_url=source.proposed_url
        )
        changes = {
            "state": SourceState.ACTIVE,
            "feed_url": source.proposed_url,
            "next_due_at": timezone.now(),
            **ANEW,
        }
        if others.exclude(pk=source.pk).exists():
            changes = {"state": SourceState.PAUSED}
        count += _change([source], "source_followed", user, ASKS, proposed_url="", **changes, **FORGET)
    return count


def stay(sources: Iterable[RemoteSource], *, user: Any) -> int:
    """At the address that is known; the same question is not asked again."""
    asking = [source for source in sources if source.proposed_url]
    return sum(
        _change(
            [source],
            "source_stayed",
            user,
            ASKS,
            state=SourceState.ACTIVE,
            declined_url=source.proposed_url,
            proposed_url="",
            **UNLEASED,
        )
        for source in asking
    )


@retry_when_locked
@transaction.atomic
def subscribe(municipality: Municipality, listed: Iterable[Listed], *, rule: str, user: Any) -> int:
    """A row for each feed that is not read yet; returns how many are new."""
    listed = [one for one in listed if len(one.feed_url) <= 1000]
    known = set(RemoteSource.objects.filter(municipality=municipality).values_list("feed_url", flat=True))
    new = [
        RemoteSource(
            municipality=municipality,
            feed_url=one.feed_url,
            name=one.name,
            home_url=one.home_url if len(one.home_url) <= 1000 else "",
            rule=rule,
        )
        for one in listed
        if one.feed_url not in known
    ]
    for source in new:
        source.save()
        log(source, "wagtail.create", user=user, municipality=municipality)
    return len(new)


@retry_when_locked
@transaction.atomic
def _change(sources: Iterable[RemoteSource], action: str, user: Any, standing: Q, **changes: Any) -> int:
    """Of those that stand so still."""
    changed = [
        source for source in sources if RemoteSource.objects.filter(standing, pk=source.pk).update(**changes)
    ]
    for source in changed:
        _log(source, action, user)
    return len(changed)


def _log(row: RemoteSource | RemoteItem, action: str, user: Any) -> None:
    log(row, f"diaspora_syndication.{action}", user=user, municipality=row.municipality)
